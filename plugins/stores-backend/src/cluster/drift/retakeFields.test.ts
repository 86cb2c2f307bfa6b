import {
  applied,
  deployment,
  edited,
  entry,
  held,
  service,
} from './__testUtils__/objects';
import { retakeFields } from './retakeFields';

const PORT = {
  'f:spec': {
    'f:ports': {
      'k:{"port":81,"protocol":"TCP"}': { '.': {}, 'f:port': {}, 'f:name': {} },
    },
  },
};

describe('retakeFields', () => {
  const answer = applied(service);
  const live = edited(
    answer,
    copy => {
      copy.spec.ports[0].port = 81;
      copy.metadata.labels.team = 'x';
    },
    entry('kubectl-edit', {
      ...PORT,
      'f:metadata': { 'f:labels': { 'f:team': {} } },
    }),
    entry('k3s', held('f:status'), { subresource: 'status' }),
  );

  it('moves what drifted to our entry, and nothing else', () => {
    const entries = retakeFields({ answer, live });
    expect(entries?.map(({ manager }) => manager)).toEqual([
      'helm',
      'kubectl-edit',
      'k3s',
    ]);
    expect(entries?.[0]?.fieldsV1).toMatchObject({
      ...PORT,
      'f:metadata': { 'f:labels': { 'f:storeyard.dev/store-id': {} } },
    });
    expect(entries?.[1]?.fieldsV1).toEqual(
      held('f:metadata', 'f:labels', 'f:team'),
    );
    expect(entries?.[2]).toEqual(live.metadata.managedFields?.[2]);
  });

  it('takes from what somebody else applied as from what was edited', () => {
    const entries = retakeFields({
      answer,
      live: edited(
        answer,
        copy => {
          copy.spec.ports[0].port = 81;
        },
        entry('argocd', PORT, { operation: 'Apply' }),
      ),
    });
    expect(entries).toHaveLength(1);
    expect(entries?.[0]).toMatchObject({ manager: 'helm', fieldsV1: PORT });
  });

  it('drops an entry that holds nothing more', () => {
    const entries = retakeFields({
      answer,
      live: edited(
        answer,
        copy => {
          copy.spec.ports[0].port = 81;
        },
        entry('kubectl-edit', PORT),
      ),
    });
    expect(entries?.map(({ manager }) => manager)).toEqual(['helm']);
  });

  it('has nothing to move where an apply alone puts it right', () => {
    const scaled = edited(
      applied(deployment),
      copy => {
        copy.spec.replicas = 3;
      },
      entry('kubectl', held('f:spec', 'f:replicas'), { subresource: 'scale' }),
    );
    expect(
      retakeFields({ answer: applied(deployment), live: scaled }),
    ).toBeUndefined();
    expect(retakeFields({ answer, live: answer })).toBeUndefined();
  });

  it('makes an entry of ours when somebody has cleared them all', () => {
    const cleared = edited(live, copy => {
      copy.metadata.managedFields = [entry('kubectl-edit', PORT)];
    });
    const [own] = retakeFields({ answer, live: cleared }) ?? [];
    expect(own).toMatchObject({
      manager: 'helm',
      operation: 'Apply',
      apiVersion: 'v1',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      fieldsType: 'FieldsV1',
      fieldsV1: PORT,
    });
  });
});
