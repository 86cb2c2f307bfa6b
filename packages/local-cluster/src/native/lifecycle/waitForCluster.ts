import { join } from 'node:path';
import { isError } from '@backstage/errors';
import { PreparationError } from '../../progress';
import { addons } from '../addons/addons';
import { ApiClient } from '../ApiClient';
import { InstancePaths } from '../instancePaths';
import { InstanceRecord } from '../InstanceRecord';
import { until } from '../until';
import { firstProcess } from './instanceProcess';
import {
  describePods,
  ingressAnswers,
  isNodeReady,
  isPodReady,
  readAddonPods,
  readNode,
} from './readiness';

/** Options of {@link waitForNode} and {@link waitForAddons}. */
export interface WaitForClusterOptions {
  paths: InstancePaths;
  record: InstanceRecord;
  signal?: AbortSignal;
}

const nodeSeconds = 120;
const addonSeconds = 180;

function startOf(record: InstanceRecord): Date {
  return new Date(record.startedAt ?? record.createdAt);
}

async function waiting(
  options: WaitForClusterOptions,
  wait: {
    what: string;
    seconds: number;
    logs: string[];
    look: (api: ApiClient) => Promise<string | undefined>;
  },
): Promise<void> {
  const { paths, record, signal } = options;
  const { what, seconds, logs, look } = wait;
  const api = ApiClient.create({ paths, port: record.ports.api });
  let lacks: string | undefined = '';
  try {
    await until(
      async () => {
        if (firstProcess(paths, record) === undefined) {
          throw new Error('the first process of the instance ended');
        }
        lacks = await look(api);
        return lacks === undefined;
      },
      { seconds, what, signal, milliseconds: 100, found: () => lacks ?? '' },
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw new PreparationError(
      `instance '${record.instance}' did not come up: ${
        isError(error) ? error.message : String(error)
      }`,
      {
        remedy: `read ${logs.map(name => join(paths.logs, name)).join(', ')}`,
      },
    );
  } finally {
    api.close();
  }
}

/** Waits until the kubelet of this start says that the node is ready. */
export function waitForNode(options: WaitForClusterOptions): Promise<void> {
  const { record } = options;
  return waiting(options, {
    what: 'the node to be ready',
    seconds: nodeSeconds,
    logs: ['instance.log', 'kubelet.log', 'containerd.log', 'apiserver.log'],
    look: async api => {
      const node = await readNode(api, record.instance);
      if (!node) {
        return 'the API server has no node yet';
      }
      return isNodeReady(node, startOf(record)) ? undefined : 'not ready';
    },
  });
}

/** Waits until every add-on of this start serves. Node Ready alone proves nothing: pods may still be unable to start. */
export function waitForAddons(options: WaitForClusterOptions): Promise<void> {
  const { record } = options;
  return waiting(options, {
    what: 'the add-ons to be ready',
    seconds: addonSeconds,
    logs: ['kubelet.log', 'containerd.log', 'netpold.log'],
    look: async api => {
      for (const addon of addons) {
        const pods = await readAddonPods(api, addon);
        if (!pods.some(pod => isPodReady(pod, startOf(record)))) {
          return `${addon.title}: ${describePods(pods)}`;
        }
      }
      return (await ingressAnswers(record.ports.ingress))
        ? undefined
        : `no answer on port ${record.ports.ingress}`;
    },
  });
}
