import { request } from 'node:http';
import { ApiClient } from '../ApiClient';
import { Addon } from '../addons/addons';

interface Condition {
  type: string;
  status: string;
  lastHeartbeatTime?: string;
}

interface Node {
  status: { conditions?: Condition[]; nodeInfo: { kubeletVersion: string } };
}

interface Pod {
  metadata: { name: string; deletionTimestamp?: string };
  status: {
    conditions?: Condition[];
    containerStatuses?: {
      image: string;
      state?: {
        running?: { startedAt: string };
        waiting?: { reason?: string; message?: string };
      };
    }[];
  };
}

/** Kubernetes' times have whole seconds. */
function isSince(time: string | undefined, since: Date): boolean {
  return (
    time !== undefined &&
    Date.parse(time) >= Math.floor(since.getTime() / 1000) * 1000
  );
}

function isTrue(conditions: Condition[] | undefined, type: string): boolean {
  return !!conditions?.some(
    condition => condition.type === type && condition.status === 'True',
  );
}

/**
 * Whether the kubelet said since then that its node is ready. What it said before the instance was started is still
 * there after a restart, and means nothing.
 */
export function isNodeReady(node: Node, since: Date): boolean {
  return !!node.status.conditions?.some(
    ({ type, status, lastHeartbeatTime }) =>
      type === 'Ready' &&
      status === 'True' &&
      isSince(lastHeartbeatTime, since),
  );
}

/** Whether a pod is ready with containers that were all started since then. */
export function isPodReady(pod: Pod, since: Date): boolean {
  const containers = pod.status.containerStatuses ?? [];
  return (
    pod.metadata.deletionTimestamp === undefined &&
    isTrue(pod.status.conditions, 'Ready') &&
    containers.length > 0 &&
    containers.every(({ state }) => isSince(state?.running?.startedAt, since))
  );
}

/** Reads the node; `undefined` while there is none. */
export async function readNode(
  api: ApiClient,
  name: string,
): Promise<Node | undefined> {
  const text = await api.get(`/api/v1/nodes/${name}`);
  return text === undefined ? undefined : JSON.parse(text);
}

/** The pods of an add-on. */
export async function readAddonPods(
  api: ApiClient,
  addon: Addon,
): Promise<Pod[]> {
  const selector = encodeURIComponent(addon.selector);
  const text = await api.get(
    `/api/v1/namespaces/kube-system/pods?labelSelector=${selector}`,
  );
  return text === undefined ? [] : JSON.parse(text).items;
}

/** In a few words why a pod isn't ready. */
export function describePods(pods: Pod[]): string {
  const words = pods.flatMap(pod =>
    (pod.status.containerStatuses ?? []).flatMap(({ state }) =>
      state?.waiting
        ? `${pod.metadata.name}: ${state.waiting.reason ?? 'waiting'} ${
            state.waiting.message ?? ''
          }`.trim()
        : [],
    ),
  );
  return words.join('; ') || (pods.length ? 'not ready' : 'no pod');
}

/** Whether the ingress controller answers on its port of the host's loopback, whatever it answers. */
export function ingressAnswers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const asked = request({ host: '127.0.0.1', port, path: '/' });
    asked
      .setTimeout(2000, () => asked.destroy())
      .on('response', response => {
        response.resume();
        resolve(true);
      })
      .on('error', () => resolve(false))
      .end();
  });
}
