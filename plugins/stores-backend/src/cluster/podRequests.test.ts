import { podRequests } from './podRequests';

const asking = (cpu: string, memory: string, more: object = {}) => ({
  resources: { requests: { cpu, memory } },
  ...more,
});

describe('podRequests', () => {
  it('adds up containers, and takes what is not said for nothing', () => {
    expect(
      podRequests({
        containers: [asking('250m', '1Ki'), {}, asking('1', '1Ki')],
      }),
    ).toEqual({ cpu: 1.25, memory: 2048, pods: 1 });
    expect(podRequests()).toEqual({ cpu: 0, memory: 0, pods: 1 });
  });

  it('counts the largest init container where it asks for more than what runs', () => {
    expect(
      podRequests({
        initContainers: [asking('2', '1Ki'), asking('100m', '4Ki')],
        containers: [asking('500m', '3Ki')],
      }),
    ).toEqual({ cpu: 2, memory: 4096, pods: 1 });
  });

  it('counts sidecars with what runs beside them', () => {
    expect(
      podRequests({
        initContainers: [
          asking('1', '1Ki', { restartPolicy: 'Always' }),
          asking('1', '1Ki'),
        ],
        containers: [asking('500m', '1Ki')],
      }),
    ).toEqual({ cpu: 2, memory: 2048, pods: 1 });
  });

  it('counts what runs before a sidecar without it', () => {
    expect(
      podRequests({
        initContainers: [
          asking('2', '1Ki'),
          asking('1', '1Ki', { restartPolicy: 'Always' }),
        ],
        containers: [asking('500m', '1Ki'), { resources: {} }],
      }),
    ).toEqual({ cpu: 2, memory: 2048, pods: 1 });
  });

  it('adds the overhead of the pod', () => {
    expect(
      podRequests({
        containers: [asking('1', '1Ki')],
        overhead: { cpu: '500m', memory: '1Ki' },
      }),
    ).toEqual({ cpu: 1.5, memory: 2048, pods: 1 });
  });
});
