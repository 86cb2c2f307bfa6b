import { resolve } from 'node:path';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { chartDirectory } from '../chartDirectory';
import { isJsonObject } from '../helm';
import type { PlatformAccount } from './storeObjects';

/** The orchestrator's part of `stores:` in the app-config. */
export interface OrchestratorConfig {
  /** Absent: the service account of the pod we run in. */
  kubeconfig?: string;
  secretKey: string;
  chart: { path: string; valuesFiles: string[]; values: JsonObject };
  helmCommand: string;
  /** `host:port` of the ingress controller as seen from here. */
  probeAddress?: string;
  /** Chart values by plan. */
  plans: Map<string, JsonObject>;
  deadlineSeconds: number;
  resyncSeconds: number;
  /** How many stores boot at a time; undefined: as many as the cluster's nodes have cores. */
  concurrentBoots?: number;
  /** How long a replica's leases outlast it. */
  leaseSeconds: number;
  platform: PlatformAccount;
}

/**
 * @throws InputError if something that is wanted lacks or is of another kind
 * @throws NotFoundError if there is no chart
 */
export function readOrchestratorConfig(root: Config): OrchestratorConfig {
  const config = root.getConfig('stores');
  return {
    kubeconfig: config.getOptionalString('cluster.kubeconfig'),
    secretKey: config.getString('secretKey'),
    chart: {
      path: chartDirectory(root),
      valuesFiles: (
        config.getOptionalStringArray('chart.valuesFiles') ?? []
      ).map(file => resolve(file)),
      values: readValues(config, 'chart.values'),
    },
    helmCommand: config.getOptionalString('helm.command') ?? 'helm',
    probeAddress: config.getOptionalString('ingress.probeAddress'),
    plans: readPlans(config),
    deadlineSeconds:
      config.getOptionalNumber('provisioning.deadlineSeconds') ?? 600,
    resyncSeconds: config.getOptionalNumber('resyncSeconds') ?? 60,
    concurrentBoots: config.getOptionalNumber('concurrentBoots'),
    leaseSeconds: readLeaseSeconds(config),
    platform: {
      namespace: config.getOptionalString('platform.namespace') ?? 'platform',
      serviceAccount:
        config.getOptionalString('platform.serviceAccount') ?? 'platform-api',
    },
  };
}

/** @throws InputError for a time in which a busy process can't be sure to renew, or a takeover takes for ever */
function readLeaseSeconds(config: Config): number {
  const seconds = config.getOptionalNumber('lease.durationSeconds') ?? 8;
  if (seconds < 2 || seconds > 300) {
    throw new InputError(
      `Config 'stores.lease.durationSeconds' is '${seconds}', expected 2 to 300`,
    );
  }
  return seconds;
}

function readPlans(config: Config): Map<string, JsonObject> {
  const plans = config.getOptionalConfig('plans');
  return new Map(
    (plans?.keys() ?? []).map(name => [
      name,
      readValues(config, `plans.${name}.values`),
    ]),
  );
}

function readValues(config: Config, key: string): JsonObject {
  const values = config.getOptional(key) ?? {};
  if (!isJsonObject(values)) {
    throw new InputError(
      `Config 'stores.${key}' is '${typeof values}', expected a mapping`,
    );
  }
  return values;
}
