import { countCores } from './countCores';

const node = (cpu: number, schedulable = true) => ({
  name: `node-${cpu}`,
  schedulable,
  allocatable: { cpu, memory: 0, pods: 0 },
  requested: { cpu: 0, memory: 0, pods: 0 },
});

describe('countCores', () => {
  it.each([
    ['nothing is known', undefined, 2],
    ['nodes have cores', [node(2), node(3.9)], 5],
    ['a node takes no pods', [node(2), node(8, false)], 2],
    ['there is less than one', [node(0.5)], 1],
  ])('when %s', (_, nodes, cores) => {
    expect(countCores(nodes)).toBe(cores);
  });
});
