import type {
  Capacity,
  ClusterStatus,
  NameCheck,
  Store,
  StorePage,
  StorePlanList,
} from '@storeyard/backstage-plugin-stores-common';
import { expectAll, expectSame } from '../expectations';
import type { CheckStep } from '../runChecklist';
import type { VerifiedStore } from '../VerifiedStore';

/** From a platform that answers to a store that is READY. */
export function requestSteps(
  subject: VerifiedStore,
  options: { readySeconds: number },
): CheckStep[] {
  const { name, platform } = subject;
  return [
    {
      title: 'portal and cluster answer',
      async run() {
        const { status } = await platform.request(
          'GET',
          '/.backstage/health/v1/readiness',
        );
        expectSame('the status of the readiness check', status, 200);
        const cluster = await subject.read<ClusterStatus>('/cluster');
        expectSame(
          `whether the cluster can be worked with (${cluster.message ?? ''})`,
          cluster.reachable,
          true,
        );
        return `Kubernetes ${cluster.version}`;
      },
    },
    {
      title: 'plans are offered, and there is room',
      async run() {
        const { items } = await subject.read<StorePlanList>('/plans');
        const defaults = items.filter(plan => plan.default);
        expectSame('the number of default plans', defaults.length, 1);
        const plan = defaults[0]?.name;
        const { plans } = await subject.read<Capacity>('/capacity');
        const fits = plans.find(each => each.plan === plan)?.fits;
        if (!fits) {
          throw new Error(
            `the cluster has room for '${fits}' stores of the plan '${plan}', expected at least one`,
          );
        }
        const check = await subject.read<NameCheck>(
          `/names/${encodeURIComponent(name)}`,
        );
        expectSame('whether the name is free', check.available, true);
        return `${items.map(each => each.name).join(', ')}; ${fits} fit`;
      },
    },
    {
      title: 'a store is requested',
      async run() {
        const answer = await subject.request();
        expectSame(`the status (${answer.text})`, answer.status, 201);
        const { id, state } = subject.store;
        expectSame('the state', state, 'REQUESTED');
        expectSame(
          'the Location',
          answer.headers.get('location'),
          `/api/stores/${id}`,
        );
        const again = await subject.request();
        expectSame('the status of the same again', again.status, 200);
        const { id: same } = JSON.parse(again.text) as Store;
        expectSame('the store of the same again', same, id);
        return id;
      },
    },
    {
      title: 'its name is taken, a bad request refused',
      async run() {
        const taken = await subject.call('POST', '/', {
          body: { name: name.toUpperCase(), engine: 'medusa' },
        });
        expectSame('the status of the same name', taken.status, 409);
        expectSame(
          'whether the answer names the store',
          taken.text.includes(subject.store.id),
          true,
        );
        const bad = await subject.call('POST', '/', {
          body: { name: '', engine: 'medusa', size: 1 },
        });
        expectSame('the status of a bad request', bad.status, 400);
        expectSame(
          'whether the answer names both fields',
          bad.text.includes('name: ') && bad.text.includes('size: '),
          true,
        );
        return undefined;
      },
    },
    {
      title: 'it is listed',
      async run() {
        const { items } = await subject.read<StorePage>(
          `/?q=${encodeURIComponent(name)}&limit=5`,
        );
        expectSame(
          'the list for its name',
          items.map(({ id }) => id).join(),
          subject.store.id,
        );
        return undefined;
      },
    },
    {
      title: 'it becomes READY',
      async run() {
        const { conditions, createdAt, readyAt } = await subject.reaches(
          'READY',
          options.readySeconds,
        );
        expectAll(
          'the conditions that are True',
          conditions
            .filter(({ status }) => status === 'True')
            .map(({ type }) => type),
          ['NamespaceReady', 'Applied', 'Reachable'],
        );
        const took = Date.parse(readyAt ?? '') - Date.parse(createdAt);
        return `READY after ${(took / 1000).toFixed(1)} s`;
      },
    },
  ];
}
