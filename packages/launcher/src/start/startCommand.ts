import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { StoresClient } from '@storeyard/backstage-plugin-stores-common';
import { createCluster, stateDirectory } from '@storeyard/local-cluster';
import { instanceName } from '../instance/instanceName';
import { parsePort } from '../portal/choosePort';
import { loopbackUrl } from '../portal/loopbackUrl';
import { portalPaths } from '../portal/portalPaths';
import { bringPortalSettings } from '../portal/preparePortal';
import { startPortal } from '../portal/startPortal';
import { abortOnSignals } from '../processes/abortOnSignals';
import { withLock } from '../processes/withLock';
import { bringDemoStore } from './bringDemoStore';
import { checkMachine } from './checkMachine';
import { readFirstLogin } from './readFirstLogin';
import { renderSummary } from './renderSummary';
import { runStart, StartedPortal, StartSteps } from './runStart';

interface StartOptions {
  instance: string;
  context?: string;
  port?: number;
  signal: AbortSignal;
  print: (line: string) => void;
}

/** `npm start [-- --context <kube context>]`: brings up what lacks, and returns with all of it running. */
export async function startCommand(args: string[]): Promise<number> {
  const { context } = parseArgs({
    args,
    options: { context: { type: 'string' } },
  }).values;
  const instance = instanceName();
  const port = parsePort(process.env.STOREYARD_PORT);
  const print = (line: string) => console.log(line);
  return abortOnSignals(
    signal =>
      withLock(
        {
          path: join(stateDirectory(instance), 'start.lock'),
          signal,
          onWait: pid =>
            print(`Another npm start (process ${pid}) runs; waiting for it`),
        },
        () =>
          runStart({
            steps: createSteps({ instance, context, port, signal, print }),
            print,
            signal,
          }),
      ),
    { advice: 'Nothing is lost: npm start goes on where it was.' },
  );
}

function createClient(portal: StartedPortal): StoresClient {
  return StoresClient.create({
    baseUrl: `${loopbackUrl(portal.baseUrl)}/api/stores`,
    fetch: (url, init) =>
      fetch(url, {
        ...init,
        headers: { ...init?.headers, authorization: `Bearer ${portal.token}` },
      }),
  });
}

function createSteps(options: StartOptions): StartSteps {
  const { instance, context, port, signal, print } = options;
  const cluster = createCluster({ instance, context });
  return {
    async check() {
      await checkMachine(cluster, print);
      await bringPortalSettings({ instance, port });
    },
    startPortal: () =>
      startPortal({
        instance,
        port,
        signal,
        onBuild: () => print('portal: building its pages, half a minute'),
      }),
    bringCluster: () => cluster.up({ signal }),
    async bringDemoStore(portal) {
      const { demoRequestKey } = await bringPortalSettings({ instance, port });
      return bringDemoStore({
        client: createClient(portal),
        requestKey: demoRequestKey,
        onEvent: event => print(`demo: ${event.message}`),
        signal,
      });
    },
    async summarize(portal, store) {
      const login =
        store.state === 'READY'
          ? await readFirstLogin({
              store,
              environment: await cluster.environment(),
            })
          : undefined;
      return renderSummary({
        instance,
        baseUrl: portal.baseUrl,
        token: portal.token,
        ingressPort: cluster.ports.ingress,
        store,
        login,
        portalLog: portalPaths(stateDirectory(instance)).log,
        environment: process.env,
      });
    },
  };
}
