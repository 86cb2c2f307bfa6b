import type {
  NodeCapacity,
  ResourceAmount,
} from '@storeyard/backstage-plugin-stores-common';

/** What one pod of a store asks its node for. */
export interface PodNeeds {
  /** Name of the Deployment or StatefulSet. */
  workload: string;
  amount: ResourceAmount;
}

interface Room {
  node: string;
  left: ResourceAmount;
}

const resources = ['cpu', 'memory', 'pods'] as const;

/** Nobody needs a larger figure, and nodes may say that they have no bound. */
const enough = 1000;

/**
 * How many stores whose pods these are find room, one after the other, beside what is `promised`: the pods of stores
 * that wait for their turn.
 */
export function countFitting(
  nodes: readonly NodeCapacity[],
  pods: readonly PodNeeds[],
  promised: readonly PodNeeds[] = [],
): number {
  const rooms = roomsOf(nodes, promised);
  let fitting = 0;
  while (
    fitting < enough &&
    largestFirst(pods).every(pod => place(rooms, pod))
  ) {
    fitting += 1;
  }
  return fitting;
}

/** What is missing for one more store, in words; undefined when it finds room. */
export function findLacking(
  nodes: readonly NodeCapacity[],
  pods: readonly PodNeeds[],
  promised: readonly PodNeeds[] = [],
): string | undefined {
  const rooms = roomsOf(nodes, promised);
  if (rooms.length === 0) {
    return 'no node of the cluster takes pods';
  }
  const homeless = largestFirst(pods).find(pod => !place(rooms, pod));
  return homeless && describe(rooms, homeless);
}

/** What all pods of a store ask for together. */
export function sumNeeds(pods: readonly PodNeeds[]): ResourceAmount {
  const sum = (resource: (typeof resources)[number]) =>
    pods.reduce((total, { amount }) => total + amount[resource], 0);
  return {
    // In thousandths, as Kubernetes counts: 0.1 and 0.05 are not 0.15 to a computer.
    cpu: Math.round(sum('cpu') * 1000) / 1000,
    memory: sum('memory'),
    pods: sum('pods'),
  };
}

function roomsOf(
  nodes: readonly NodeCapacity[],
  promised: readonly PodNeeds[],
): Room[] {
  const rooms = nodes
    .filter(({ schedulable }) => schedulable)
    .map(({ name, allocatable, requested }) => ({
      node: name,
      left: {
        cpu: allocatable.cpu - requested.cpu,
        memory: allocatable.memory - requested.memory,
        pods: allocatable.pods - requested.pods,
      },
    }));
  for (const pod of largestFirst(promised)) place(rooms, pod);
  return rooms;
}

function largestFirst(pods: readonly PodNeeds[]): PodNeeds[] {
  return [...pods].sort(
    (left, right) => right.amount.memory - left.amount.memory,
  );
}

/** Takes the room of the first node that has it, and tells whether one had. */
function place(rooms: Room[], { amount }: PodNeeds): boolean {
  const room = rooms.find(({ left }) =>
    resources.every(resource => amount[resource] <= left[resource] + 1e-9),
  );
  if (room === undefined) {
    return false;
  }
  for (const resource of resources) {
    room.left[resource] -= amount[resource];
  }
  return true;
}

function describe(
  rooms: readonly Room[],
  { workload, amount }: PodNeeds,
): string {
  const missing = resources.filter(resource =>
    rooms.every(({ left }) => left[resource] < amount[resource]),
  );
  // Each is there on some node, and all of them on none.
  const named = missing.length > 0 ? missing : resources.slice(0, 2);
  return named
    .map(resource => {
      const [most] = [...rooms].sort(
        (left, right) => right.left[resource] - left.left[resource],
      );
      return `'${workload}' wants ${format(
        resource,
        amount[resource],
      )} on one node, the most that is left is ${format(
        resource,
        most?.left[resource] ?? 0,
      )} on '${most?.node}'`;
    })
    .join('; ');
}

function format(resource: (typeof resources)[number], value: number): string {
  const left = Math.max(0, value);
  switch (resource) {
    case 'cpu':
      return `${Math.floor(left * 1000)}m CPU`;
    case 'memory':
      return `${Math.floor(left / (1024 * 1024))} MiB of memory`;
    default:
      return `${left} pod`;
  }
}
