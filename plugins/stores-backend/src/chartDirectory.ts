import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';

const packageName = '@storeyard/backstage-plugin-stores-backend';

/**
 * The folder of the chart that stores are made of: the configured one, else
 * the workspace's, which a copy left by packing must not hide, else the one
 * that travels in the published package.
 *
 * @throws NotFoundError when there is no chart in it
 */
export function chartDirectory(config: Config): string {
  const configured = config.getOptionalString('stores.chart.path');
  const candidates =
    configured === undefined
      ? [
          resolvePackagePath(packageName, '../../charts/medusa-store'),
          resolvePackagePath(packageName, 'chart'),
        ]
      : [resolve(configured)];
  const found = candidates.find(directory =>
    existsSync(join(directory, 'Chart.yaml')),
  );
  if (found === undefined) {
    throw new NotFoundError(
      `no Chart.yaml in '${candidates.join(
        "' or '",
      )}': set 'stores.chart.path' to the folder of the chart`,
    );
  }
  return found;
}
