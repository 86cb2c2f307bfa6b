import type { NodeCapacity } from '@storeyard/backstage-plugin-stores-common';
import {
  countFitting,
  findLacking,
  sumNeeds,
  type PodNeeds,
} from './placePods';

const mebibyte = 1024 * 1024;

function node(
  name: string,
  left: { cpu: number; mebibytes: number; pods?: number },
  schedulable = true,
): NodeCapacity {
  const requested = { cpu: 1, memory: 512 * mebibyte, pods: 5 };
  return {
    name,
    schedulable,
    allocatable: {
      cpu: left.cpu + requested.cpu,
      memory: left.mebibytes * mebibyte + requested.memory,
      pods: (left.pods ?? 100) + requested.pods,
    },
    requested,
  };
}

function pod(workload: string, cpu: number, mebibytes: number): PodNeeds {
  return { workload, amount: { cpu, memory: mebibytes * mebibyte, pods: 1 } };
}

const store = [pod('medusa-api', 0.1, 320), pod('postgres', 0.05, 128)];

it('leaves the room to stores that wait for their turn', () => {
  const nodes = [node('a', { cpu: 4, mebibytes: 1_000 })];
  expect(countFitting(nodes, store)).toBe(2);
  expect(countFitting(nodes, store, store)).toBe(1);
  expect(findLacking(nodes, store, store)).toBeUndefined();
  expect(findLacking(nodes, store, [...store, ...store])).toContain(
    "'medusa-api' wants 320 MiB of memory",
  );
});

it('sums what a store needs', () => {
  expect(sumNeeds(store)).toEqual({
    cpu: 0.15,
    memory: 448 * mebibyte,
    pods: 2,
  });
});

describe('countFitting', () => {
  it.each<[string, NodeCapacity[], number]>([
    ['nothing without nodes', [], 0],
    ['none on a full node', [node('a', { cpu: 0, mebibytes: 4096 })], 0],
    ['what the memory is for', [node('a', { cpu: 8, mebibytes: 1000 })], 2],
    [
      'what the processor is for',
      [node('a', { cpu: 0.45, mebibytes: 9999 })],
      3,
    ],
    [
      'what the pods are for',
      [node('a', { cpu: 8, mebibytes: 9999, pods: 5 })],
      2,
    ],
    [
      'nothing on a node that is cordoned',
      [node('a', { cpu: 8, mebibytes: 9999 }, false)],
      0,
    ],
    [
      'pods of one store on two nodes',
      [
        node('a', { cpu: 8, mebibytes: 130 }),
        node('b', { cpu: 8, mebibytes: 330 }),
      ],
      1,
    ],
    [
      'no pod on two nodes together',
      [
        node('a', { cpu: 8, mebibytes: 300 }),
        node('b', { cpu: 8, mebibytes: 300 }),
      ],
      0,
    ],
    [
      'an end on nodes without one',
      [node('a', { cpu: 1e6, mebibytes: 1e9, pods: 1e9 })],
      1000,
    ],
  ])('finds %s', (_, nodes, fitting) => {
    expect(countFitting(nodes, store)).toBe(fitting);
  });
});

describe('findLacking', () => {
  it('is silent where there is room, to the last byte', () => {
    expect(
      findLacking([node('a', { cpu: 0.15, mebibytes: 448, pods: 2 })], store),
    ).toBeUndefined();
  });

  it.each<[string, NodeCapacity[], string]>([
    ['nodes', [], 'no node of the cluster takes pods'],
    [
      'memory',
      [
        node('a', { cpu: 8, mebibytes: 100 }),
        node('b', { cpu: 8, mebibytes: 200 }),
      ],
      "'medusa-api' wants 320 MiB of memory on one node, the most that is left is 200 MiB of memory on 'b'",
    ],
    [
      'processor',
      [node('a', { cpu: 0.02, mebibytes: 9999 })],
      "'medusa-api' wants 100m CPU on one node, the most that is left is 20m CPU on 'a'",
    ],
    [
      'room for a second pod',
      [node('a', { cpu: 8, mebibytes: 9999, pods: 1 })],
      "'postgres' wants 1 pod on one node, the most that is left is 0 pod on 'a'",
    ],
  ])('says that %s lacks', (_, nodes, words) => {
    expect(findLacking(nodes, store)).toBe(words);
  });

  it('names both where no node has them together', () => {
    expect(
      findLacking(
        [
          node('a', { cpu: 8, mebibytes: 10 }),
          node('b', { cpu: 0.01, mebibytes: 9999 }),
        ],
        store,
      ),
    ).toMatch(/100m CPU .*; .*320 MiB of memory/);
  });
});
