import { execa } from 'execa';
import { LocalClusterStatus } from '../../LocalCluster';
import { addons } from '../addons/addons';
import { ApiClient } from '../ApiClient';
import { InstancePaths } from '../instancePaths';
import { InstanceRecord } from '../InstanceRecord';
import { firstProcess } from './instanceProcess';
import {
  ingressAnswers,
  isNodeReady,
  isPodReady,
  readAddonPods,
  readNode,
} from './readiness';

async function diskUse(directory: string): Promise<number> {
  // Files come and go meanwhile: what du could count is what is wanted.
  const { stdout } = await execa('du', ['--summarize', '-B1', directory], {
    reject: false,
  });
  return Number(stdout.split('\t')[0]);
}

/** What an instance is doing, by what it answers. */
export async function instanceStatus(options: {
  instance: string;
  paths: InstancePaths;
  record: InstanceRecord | undefined;
}): Promise<LocalClusterStatus> {
  const { instance, paths, record } = options;
  const absent: LocalClusterStatus = {
    instance,
    provider: 'native',
    state: 'absent',
    addons: [],
  };
  if (!record) {
    return absent;
  }
  const known: LocalClusterStatus = {
    ...absent,
    state: 'stopped',
    ports: record.ports,
    diskBytes: await diskUse(paths.state),
  };
  if (firstProcess(paths, record) === undefined) {
    return known;
  }
  const since = new Date(record.startedAt ?? record.createdAt);
  const api = ApiClient.create({ paths, port: record.ports.api });
  try {
    const node = await readNode(api, instance);
    const found = await Promise.all(
      addons.map(async addon => {
        const pods = await readAddonPods(api, addon);
        const ready = pods.find(pod => isPodReady(pod, since));
        const image = ready?.status.containerStatuses?.[0]?.image;
        return {
          name: addon.name,
          ready: ready !== undefined,
          ...(image && { version: image.split(':').pop() }),
        };
      }),
    );
    const isReady =
      node !== undefined &&
      isNodeReady(node, since) &&
      found.every(({ ready }) => ready) &&
      (await ingressAnswers(record.ports.ingress));
    return {
      ...known,
      state: isReady ? 'ready' : 'starting',
      since: record.startedAt,
      ...(node && {
        node: {
          name: instance,
          ready: isNodeReady(node, since),
          version: node.status.nodeInfo.kubeletVersion,
        },
      }),
      addons: found,
    };
  } finally {
    api.close();
  }
}
