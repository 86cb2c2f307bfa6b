import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { isError } from '@backstage/errors';
import { until } from '../native/until';
import { ClusterAccess } from '../platform';
import { runProgram } from '../platform/runProgram';
import { PreparationError } from '../progress';
import { probeObjects } from './probeObjects';

/** Options of {@link checkFeatures}. */
export interface CheckFeaturesOptions {
  access: ClusterAccess;
  /** Port of this machine's loopback on which the ingress controller answers. */
  ingressPort: number;
  /** How the probe's image gets onto the nodes. */
  imagesRemedy: string;
  signal?: AbortSignal;
}

const seconds = 60;

/**
 * Tries what stores need of a cluster: a volume from the default class, a way in through the ingress controller, and
 * network policies that are enforced. In a namespace of its own, which is gone afterwards.
 *
 * @throws PreparationError that names what is missing
 */
export async function checkFeatures(
  options: CheckFeaturesOptions,
): Promise<void> {
  const { access, signal } = options;
  const namespace = `storeyard-check-${randomBytes(3).toString('hex')}`;
  const kubectl = (args: string[], input?: string) =>
    runProgram(access.kubectl, args, {
      ...(input !== undefined && { input }),
      environment: access.environment,
      signal,
    });
  const cluster = { ...options, namespace, kubectl };
  const ingressClass = await findIngressClass(cluster);
  const objects = probeObjects({ namespace, ingressClass });
  try {
    await kubectl(['create', '-f', '-'], list(objects.workload));
    await volumeBinds(cluster);
    await ingressAnswers(cluster, objects.host);
    await policiesHold(cluster, objects.denyAll);
  } finally {
    await runProgram(
      access.kubectl,
      ['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false'],
      { environment: access.environment },
    );
  }
}

type Cluster = CheckFeaturesOptions & {
  namespace: string;
  kubectl: (args: string[], input?: string) => Promise<string>;
};

function list(items: object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

async function findIngressClass({ kubectl }: Cluster): Promise<string> {
  const {
    items,
  }: {
    items: {
      metadata: { name: string; annotations?: Record<string, string> };
    }[];
  } = JSON.parse(await kubectl(['get', 'ingressclasses', '-o', 'json']));
  const chosen =
    items.find(
      ({ metadata }) =>
        metadata.annotations?.[
          'ingressclass.kubernetes.io/is-default-class'
        ] === 'true',
    ) ?? items[0];
  if (!chosen) {
    throw new PreparationError('the cluster has no IngressClass', {
      remedy: 'install an ingress controller, Traefik for example',
    });
  }
  return chosen.metadata.name;
}

/** A pod mounts the claim, so that a class that waits for its first consumer binds too. */
async function volumeBinds(cluster: Cluster): Promise<void> {
  const { namespace, kubectl } = cluster;
  try {
    await kubectl([
      ...['wait', '--namespace', namespace, `--timeout=${seconds}s`],
      ...['--for=condition=Ready', 'pod/server', 'pod/client'],
    ]);
  } catch (error) {
    cluster.signal?.throwIfAborted();
    const found = await kubectl([
      ...['get', 'events', '--namespace', namespace],
      ...['--field-selector=type=Warning'],
      ...['-o', 'jsonpath={range .items[*]}{.message}{"; "}{end}'],
    ]);
    throw new PreparationError(
      `a pod with a claim on the default StorageClass did not start in ${seconds} s: ${
        found || 'no event says why'
      }`,
      {
        remedy: `make one StorageClass the default; if an image is missing, ${cluster.imagesRemedy}`,
        cause: error,
      },
    );
  }
}

async function ingressAnswers(cluster: Cluster, host: string): Promise<void> {
  const { ingressPort, signal } = cluster;
  let found = 'nothing';
  try {
    await until(
      async () => {
        found = await ask(ingressPort, host);
        return found === '200';
      },
      {
        ...{ seconds: 30, milliseconds: 200, signal },
        ...{ what: `the ingress at 127.0.0.1:${ingressPort}` },
        found: () => found,
      },
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw new PreparationError(
      `an Ingress of the cluster isn't reached at 127.0.0.1:${ingressPort} (last answer: ${found})`,
      {
        remedy:
          "publish the ingress controller's HTTP port on this machine and name it by --ingress-port (k3d: cluster create -p 8081:80@loadbalancer)",
        cause: error,
      },
    );
  }
}

function ask(port: number, host: string): Promise<string> {
  return new Promise(resolve => {
    const asked = request({ host: '127.0.0.1', port, headers: { host } });
    asked
      .setTimeout(2000, () => asked.destroy(new Error('no answer in 2 s')))
      .on('response', response => {
        response.resume();
        resolve(String(response.statusCode));
      })
      .on('error', error => resolve(error.message))
      .end();
  });
}

/** The probe must fail under the policy and succeed before and after it: else its failure proves nothing. */
async function policiesHold(cluster: Cluster, denyAll: object): Promise<void> {
  const { namespace, kubectl, signal } = cluster;
  const isOpen = async () => {
    try {
      await kubectl([
        ...['exec', '--namespace', namespace, 'client', '--'],
        ...['/probe', 'get', 'http://server/'],
      ]);
      return true;
    } catch (error) {
      signal?.throwIfAborted();
      return false;
    }
  };
  const becomes = (wanted: boolean, when: string) =>
    until(async () => (await isOpen()) === wanted, {
      ...{ seconds: 30, milliseconds: 200, signal },
      what: `a pod's request to another to ${
        wanted ? 'succeed' : 'fail'
      } ${when}`,
    });
  try {
    await becomes(true, 'without a policy');
    await kubectl(['create', '-f', '-'], list([denyAll]));
    await becomes(false, 'under a policy that denies all');
    await kubectl([
      ...['delete', 'networkpolicy', '--all', '--namespace', namespace],
    ]);
    await becomes(true, 'with the policy removed');
  } catch (error) {
    signal?.throwIfAborted();
    throw new PreparationError(
      `network policies aren't enforced: ${
        isError(error) ? error.message : String(error)
      }`,
      {
        remedy:
          'use a cluster with a policy engine: k3s and k3d have one, kind since 0.24, others need Calico or Cilium',
      },
    );
  }
}
