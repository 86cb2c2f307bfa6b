import { resolve } from 'node:path';

const folder = resolve(__dirname, '../../../../../charts');

export const charts = {
  store: resolve(folder, 'medusa-store'),
  platform: resolve(folder, 'platform'),
};

export const valuesFile = (chart: string, name: 'local' | 'prod') =>
  resolve(chart, `values-${name}.yaml`);
