import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isError } from '@backstage/errors';
import { digestFiles } from '@storeyard/image-tools';
import { stringify } from 'yaml';
import { hasCode } from '../native/hasCode';
import { until } from '../native/until';
import { writeAtomically } from '../native/writeAtomically';
import { PreparationError } from '../progress';
import { ClusterAccess } from './ClusterAccess';
import { runProgram } from './runProgram';

const namespace = 'platform';
const tokenSecret = 'platform-api-token';
// This package is run from its sources only, never published.
// eslint-disable-next-line no-restricted-syntax
const chart = join(__dirname, '../../../../charts/platform');
const tokenSeconds = 30;

/** Options of {@link installPlatform}. */
export interface InstallPlatformOptions {
  access: ClusterAccess;
  /** Where the portal's kubeconfig goes. */
  kubeconfig: string;
  /** File that keeps what was installed last. */
  stamp: string;
  /** Name of the kubeconfig's only context. */
  name: string;
  signal?: AbortSignal;
}

interface PlatformStamp {
  /** Of the chart's files. */
  chart: string;
  /** Uid of `kube-system`: another cluster under the same name gets the chart anew. */
  cluster: string;
}

function readStamp(file: string): PlatformStamp | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Installs the account that the portal works under, its rights and the policies that hold it, and writes a kubeconfig
 * with that account's token. Quick when nothing changed since.
 */
export async function installPlatform(
  options: InstallPlatformOptions,
): Promise<'done' | 'kept'> {
  const { access, stamp, signal } = options;
  const kubectl = (...args: string[]) =>
    runProgram(access.kubectl, args, {
      environment: access.environment,
      signal,
    });
  const [digest, cluster] = await Promise.all([
    digestFiles([chart]),
    kubectl(
      ...['get', 'namespace', 'kube-system'],
      ...['-o', 'jsonpath={.metadata.uid}'],
    ),
  ]);
  const known = readStamp(stamp);
  const isKnown = known?.chart === digest && known.cluster === cluster;
  let token = isKnown ? await readToken(kubectl) : undefined;
  const status = token === undefined ? 'done' : 'kept';
  if (token === undefined) {
    await installChart(options);
    await until(
      async () => {
        token = await readToken(kubectl);
        return token !== undefined;
      },
      {
        ...{ seconds: tokenSeconds, signal, milliseconds: 100 },
        what: `a token in the Secret '${tokenSecret}' of namespace '${namespace}'`,
      },
    );
  }
  await writePortalKubeconfig({ ...options, kubectl, token: token ?? '' });
  writeAtomically(stamp, JSON.stringify({ chart: digest, cluster }));
  return status;
}

async function installChart(options: InstallPlatformOptions): Promise<void> {
  const { access, signal } = options;
  try {
    await runProgram(
      access.helm,
      [
        ...['upgrade', '--install', 'platform', chart],
        ...['--namespace', namespace, '--create-namespace'],
        ...['--values', join(chart, 'values-local.yaml')],
        ...['--history-max', '5', '--wait', '--timeout', '2m'],
      ],
      { environment: access.environment, signal },
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw new PreparationError(
      `the chart 'platform' could not be installed: ${
        isError(error) ? error.message : String(error)
      }`,
      {
        remedy: `see \`helm status platform -n ${namespace}\``,
        cause: error,
      },
    );
  }
}

async function readToken(
  kubectl: (...args: string[]) => Promise<string>,
): Promise<string | undefined> {
  const text = await kubectl(
    ...['get', 'secret', tokenSecret, '--namespace', namespace],
    ...['--ignore-not-found', '-o', 'jsonpath={.data.token}'],
  );
  return text === '' ? undefined : Buffer.from(text, 'base64').toString();
}

async function writePortalKubeconfig(
  options: InstallPlatformOptions & {
    kubectl: (...args: string[]) => Promise<string>;
    token: string;
  },
): Promise<void> {
  const { kubectl, kubeconfig, name, token } = options;
  const view: { clusters: { cluster: object }[] } = JSON.parse(
    await kubectl('config', 'view', '--minify', '--flatten', '-o', 'json'),
  );
  const text = stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: view.clusters[0]?.cluster }],
      users: [{ name: 'platform-api', user: { token } }],
      contexts: [
        {
          name,
          context: { cluster: name, user: 'platform-api', namespace },
        },
      ],
      'current-context': name,
    },
    { lineWidth: 0 },
  );
  writeAtomically(kubeconfig, text, 0o600);
}
