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

const PORT = {
  'f:spec': {
    'f:ports': {
      'k:{"port":81,"protocol":"TCP"}': { '.': {}, 'f:port': {}, 'f:name': {} },
    },
  },
};

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

  it('keeps what others hold as well as we do', () => {
    const answer = applied(deployment);
    const own = answer.metadata.managedFields?.[0]?.fieldsV1 ?? {};
    const kept = cleanAnswer(
      edited(answer, () => undefined, entry('kubectl', own)),
    );
    expect(kept).toEqual(answer);
  });

  it('keeps ours of a mapping to which somebody had added', () => {
    const dirty = edited(
      applied(service),
      copy => {
        copy.spec.selector = { app: 'medusa', extra: 'x' };
      },
      entry('kubectl', {
        'f:spec': { 'f:selector': { '.': {}, 'f:extra': {} } },
      }),
    );
    expect(cleanAnswer(dirty).spec).toEqual(service.spec);
  });

  it('keeps what a controller writes by a subresource', () => {
    const dirty = edited(
      applied(deployment),
      copy => {
        copy.spec.other = 1;
      },
      entry('controller', held('f:spec', 'f:other'), { subresource: 'resize' }),
    );
    expect(cleanAnswer(dirty).spec).toEqual({
      ...(deployment.spec as object),
      other: 1,
    });
  });
});
