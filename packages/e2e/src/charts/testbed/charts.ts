import { resolve } from 'node:path';

// eslint-disable-next-line no-restricted-syntax -- tests run from the sources only
const folder = resolve(__dirname, '../../../../../charts');

export const charts = {
  store: resolve(folder, 'medusa-store'),
  platform: resolve(folder, 'platform'),
};

export const valuesFile = (chart: string, name: 'local' | 'prod') =>
  resolve(chart, `values-${name}.yaml`);
