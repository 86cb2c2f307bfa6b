import type { StoreResources } from '@storeyard/backstage-plugin-stores-common';
import { logSources } from './logSources';

type Workload = StoreResources['workloads'][number];
type Pod = Workload['pods'][number];

function workload(name: string, ...pods: Array<Partial<Pod>>): Workload {
  return {
    kind: 'Deployment',
    name,
    desired: 1,
    ready: 1,
    pods: pods.map((pod, index) => ({
      name: `${name}-${index}`,
      phase: 'Running',
      ready: true,
      restarts: 0,
      ...pod,
    })),
  };
}

function resources(...workloads: Workload[]): StoreResources {
  return { workloads, volumes: [], quota: [] };
}

describe('logSources', () => {
  it('is a source a workload where each has one container', () => {
    expect(
      logSources(
        resources(
          workload('medusa-api', {
            containers: [{ name: 'medusa', init: false, restarts: 0 }],
          }),
          workload('postgres', {
            containers: [{ name: 'postgres', init: false, restarts: 0 }],
          }),
        ),
      ),
    ).toEqual([
      { key: 'medusa-api', workload: 'medusa-api', hasCrashed: false },
      { key: 'postgres', workload: 'postgres', hasCrashed: false },
    ]);
  });

  it('is a source a container where there are several, with how the one before ended', () => {
    const previous = { reason: 'OOMKilled', endedAt: '2026-11-24T10:00:00Z' };
    expect(
      logSources(
        resources(
          workload('medusa-api', {
            containers: [
              { name: 'medusa', init: false, restarts: 2, previous },
              { name: 'prepare', init: true, restarts: 0 },
            ],
          }),
        ),
      ),
    ).toEqual([
      {
        key: 'medusa-api/medusa',
        workload: 'medusa-api',
        container: 'medusa',
        hasCrashed: true,
        previous,
      },
      {
        key: 'medusa-api/prepare',
        workload: 'medusa-api',
        container: 'prepare',
        hasCrashed: false,
      },
    ]);
  });

  it('goes by restarts where the backend tells of no containers', () => {
    expect(
      logSources(
        resources(
          workload('medusa-api', { restarts: 1 }),
          workload('postgres'),
        ),
      ),
    ).toEqual([
      { key: 'medusa-api', workload: 'medusa-api', hasCrashed: true },
      { key: 'postgres', workload: 'postgres', hasCrashed: false },
    ]);
  });

  it("offers the shop's own before it is known what there is", () => {
    const shop = [{ key: 'medusa-api', workload: 'medusa-api' }];
    expect(logSources(undefined)).toEqual(shop);
    expect(logSources(resources())).toEqual(shop);
  });
});
