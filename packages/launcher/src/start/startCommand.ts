import { parseArgs } from 'node:util';
import { join } from 'node:path';
import {
  createCluster,
  programs,
  stateDirectory,
} from '@storeyard/local-cluster';
import { StoresClient } from '@storeyard/backstage-plugin-stores-common';
import { instanceName } from '../instance/instanceName';
import { parsePort } from '../portal/choosePort';
import { portalPaths } from '../portal/portalPaths';
import { bringPortalSettings } from '../portal/preparePortal';
import { startPortal } from '../portal/startPortal';
import { withLock } from '../processes/withLock';
import { abortOnSignals } from './abortOnSignals';
import { bringDemoStore } from './bringDemoStore';
import { checkMachine } from './checkMachine';
import { readFirstLogin } from './readFirstLogin';
import { renderSummary } from './renderSummary';
import { Stopwatch } from './Stopwatch';

/**
 * `npm start [-- --context <kube context>]`: checks, portal, cluster and images, demo store. Every step finds what an earlier start did,
 * so that one that was interrupted anywhere goes on, and one after a reboot brings everything back.
 */
export async function startCommand(args: string[]): Promise<number> {
  const { context } = parseArgs({
    args,
    options: { context: { type: 'string' } },
  }).values;
  const instance = instanceName();
  const state = stateDirectory(instance);
  return abortOnSignals(signal =>
    withLock(
      {
        path: join(state, 'start.lock'),
        signal,
        onWait: pid =>
          console.log(
            `Another npm start (process ${pid}) runs; waiting for it`,
          ),
      },
      () => start({ instance, context, state, signal }),
    ),
  );
}

async function start(options: {
  instance: string;
  context?: string;
  state: string;
  signal: AbortSignal;
}): Promise<number> {
  const { instance, context, state, signal } = options;
  const watch = Stopwatch.create(line => console.log(line));
  const port = parsePort(process.env.STOREYARD_PORT);
  const cluster = createCluster({ instance, context });
  await checkMachine(cluster, line => console.log(line));
  const settings = await bringPortalSettings({ instance, port });
  watch.lap('checks');

  await startPortal({
    instance,
    port,
    signal,
    onBuild: () => console.log('portal: building its pages, half a minute'),
  });
  watch.lap(`portal: http://localhost:${settings.port}`);
  console.log(
    'It shows how far the rest is. An interruption is safe: npm start goes on.',
  );

  await cluster.up({ signal });
  watch.lap('cluster and images');

  // With the ports that the cluster has now; the portal that runs is kept when they are what it knows.
  const portal = await startPortal({ instance, port, signal });
  const store = await bringDemoStore({
    client: StoresClient.create({
      baseUrl: `${portal.baseUrl}/api/stores`,
      fetch: (url, init) =>
        fetch(url, {
          ...init,
          headers: {
            ...init?.headers,
            authorization: `Bearer ${portal.token}`,
          },
        }),
    }),
    requestKey: settings.demoRequestKey,
    onEvent: event => console.log(`demo: ${event.message}`),
    signal,
  });
  watch.lap(`demo store: ${store.state}`);

  const login =
    store.state === 'READY'
      ? await readFirstLogin({
          store,
          kubectl: programs().kubectl,
          kubeconfig: cluster.kubeconfigs.admin,
        })
      : undefined;
  const lines = renderSummary({
    instance,
    baseUrl: portal.baseUrl,
    token: portal.token,
    ingressPort: cluster.ports.ingress,
    store,
    login,
    portalLog: portalPaths(state).log,
    environment: process.env,
  });
  lines.forEach(line => console.log(line));
  return store.state === 'FAILED' ? 1 : 0;
}
