import { said } from './__testUtils__/driftCases';
import {
  applied,
  claim,
  deployment,
  edited,
  entry,
  held,
  ingress,
  namespace,
  service,
  serviceAccount,
} from './__testUtils__/objects';
import { judgeDrift } from './judgeDrift';

describe('judgeDrift', () => {
  it('finds nothing where nothing changed', () => {
    for (const object of [
      deployment,
      service,
      claim,
      ingress,
      serviceAccount,
      namespace,
    ]) {
      expect(said(applied(object), applied(object))).toEqual([]);
    }
  });

  it('finds an object that is gone', () => {
    expect(
      judgeDrift({ answer: applied(service), live: undefined }),
    ).toStrictEqual([
      {
        object: {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'medusa-api', namespace: 'store-a' },
        },
        type: 'gone',
        path: [],
        message: "Service 'medusa-api' was deleted",
      },
    ]);
  });

  it('waits for an object that is going until it is gone', () => {
    const going = edited(applied(service), copy => {
      copy.metadata.deletionTimestamp = '2026-11-24T10:00:00Z';
      copy.spec.ports.splice(0);
    });
    expect(said(applied(service), going)).toStrictEqual([]);
  });

  it('takes the server’s own way of writing a quantity for what we applied', () => {
    const answer = applied(deployment);
    const asked = edited(answer, copy => {
      copy.spec.template.spec.containers[0].resources.requests.cpu = '1000m';
    });
    expect(said(answer, answer)).toEqual([]);
    expect(said(asked, answer)).toHaveLength(1);
  });

  it('finds what Helm added by hand, under our own field manager', () => {
    const answer = applied(deployment);
    const live = edited(answer, copy => {
      copy.spec.paused = true;
      copy.spec.replicas = 2;
      const own = copy.metadata.managedFields[0]!;
      own.fieldsV1!['f:spec']!['f:paused'] = {};
      own.time = '2026-11-24T12:00:00Z';
    });
    expect(said(answer, live)).toEqual([
      "Deployment 'medusa-api': spec.replicas was changed by field manager 'helm'",
      "Deployment 'medusa-api': spec.paused was added by field manager 'helm'",
    ]);
  });

  it('finds what an older Helm updated by hand', () => {
    const answer = applied(deployment);
    const live = edited(
      answer,
      copy => {
        copy.spec.replicas = 2;
      },
      entry('helm', held('f:spec', 'f:replicas')),
    );
    expect(said(answer, live)).toEqual([
      "Deployment 'medusa-api': spec.replicas was changed by field manager 'helm'",
    ]);
  });

  it('names who was there last', () => {
    const at = (manager: string, time: string) =>
      entry(manager, held('f:spec', 'f:replicas'), { time });
    const answer = applied(deployment);
    const live = edited(
      answer,
      copy => {
        copy.spec.replicas = 3;
        copy.metadata.managedFields = [];
      },
      at('kubectl', '2026-11-24T10:00:00Z'),
      at('autoscaler', '2026-11-24T10:30:00Z'),
      at('argocd', '2026-11-24T10:20:00Z'),
    );
    expect(said(answer, live)).toEqual([
      "Deployment 'medusa-api': spec.replicas was changed by field manager 'autoscaler'",
    ]);
  });

  it('says once what somebody put in the place of what is deeper', () => {
    const answer = applied(
      edited(deployment, copy => {
        Object.assign(copy.spec.template.spec, {
          securityContext: { fsGroup: 1000 },
        });
      }),
    );
    const live = edited(
      answer,
      copy => {
        Object.assign(copy.spec.template.spec, { securityContext: {} });
      },
      entry(
        'kubectl-edit',
        held('f:spec', 'f:template', 'f:spec', 'f:securityContext'),
      ),
    );
    expect(said(answer, live)).toEqual([
      "Deployment 'medusa-api': spec.template.spec.securityContext was changed by field manager 'kubectl-edit'",
    ]);
  });

  it('minds no manager that holds the same values as we do', () => {
    const answer = applied(deployment);
    const fields = answer.metadata.managedFields?.[0]?.fieldsV1 ?? {};
    const live = edited(
      answer,
      () => undefined,
      entry('kubectl-client-side-apply', fields),
      entry('ancient-changes', fields),
    );
    expect(said(answer, live)).toEqual([]);
  });
});
