import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import { createCluster, stateDirectory } from '@storeyard/local-cluster';
import { parse } from 'yaml';
import { instanceName } from '../instance/instanceName';
import { loopbackUrl } from '../portal/loopbackUrl';
import { portalPaths } from '../portal/portalPaths';
import { readPortalSettings } from '../portal/PortalSettings';
import { abortOnSignals } from '../processes/abortOnSignals';
import { createChecklist } from './createChecklist';
import { runChecklist } from './runChecklist';
import { RunningPlatform } from './RunningPlatform';
import { VerifiedStore } from './VerifiedStore';

const defaultReadySeconds = 300;

/** `npm run verify [-- --ready-seconds n] [--keep]`: tries on what is running all that Storeyard is for. */
export async function verifyCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      'ready-seconds': { type: 'string' },
      keep: { type: 'boolean' },
    },
  });
  const readySeconds = Number(values['ready-seconds'] ?? defaultReadySeconds);
  if (!Number.isInteger(readySeconds) || readySeconds < 1) {
    throw new InputError(
      `--ready-seconds is '${values['ready-seconds']}', expected a whole number of at least 1`,
    );
  }
  const instance = instanceName();
  const state = stateDirectory(instance);
  const settings = await readPortalSettings(state);
  if (settings === undefined) {
    throw new InputError(
      `The instance '${instance}' was never started; npm start brings it up`,
    );
  }
  const print = (line: string) => console.log(line);
  return abortOnSignals(async signal => {
    const platform = RunningPlatform.create({
      baseUrl: loopbackUrl(`http://localhost:${settings.port}`),
      token: settings.token,
      cluster: createCluster({ instance }),
      metricsUrl: await readMetricsUrl(portalPaths(state).config),
      signal,
    });
    const subject = VerifiedStore.create({ platform });
    const steps = createChecklist({ subject, readySeconds });
    const code = await runChecklist({ steps, print, signal });
    if (code !== 0 && !values.keep && !signal.aborted) {
      const left = await subject.remove();
      if (left !== undefined) {
        print(
          `'${left}', which the failure left, is being deleted; --keep leaves it to be looked at`,
        );
      }
    }
    return code;
  });
}

/** The address that the portal was told to show its metrics at. */
async function readMetricsUrl(configFile: string): Promise<string | undefined> {
  const config = parse(await readFile(configFile, 'utf8')) as {
    stores?: { metrics?: { listen?: string } };
  };
  const listen = config.stores?.metrics?.listen;
  return listen && `http://${listen}`;
}
