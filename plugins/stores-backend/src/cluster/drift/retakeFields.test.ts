import {
  applied,
  deployment,
  edited,
  entry,
  held,
  service,
} from './__testUtils__/objects';
import { cleanAnswer } from './cleanAnswer';
import { judgeDrift } from './judgeDrift';
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
      fieldsV1: PORT,
    });
  });
});

describe('cleanAnswer', () => {
  it('keeps neither status nor others’ entries, nor what they had added by then', () => {
    const dirty = edited(
      applied(service),
      copy => {
        copy.status = { loadBalancer: {} };
        copy.spec.ports.push({ port: 81, protocol: 'TCP', name: 'x' });
        copy.spec.clusterIP = '10.0.0.1';
      },
      entry('kubectl-edit', PORT),
      entry('k3s', held('f:spec', 'f:clusterIP')),
    );
    const kept = cleanAnswer(dirty);
    expect(kept).not.toHaveProperty('status');
    expect(kept.metadata.managedFields).toHaveLength(1);
    expect(kept.spec).toEqual({
      ...(service.spec as object),
      clusterIP: '10.0.0.1',
    });
    expect(judgeDrift({ answer: kept, live: dirty })).toMatchObject([
      { type: 'added', manager: 'kubectl-edit' },
    ]);
    expect(dirty).toHaveProperty('status');
  });
});
