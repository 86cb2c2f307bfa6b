import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { chartDirectory } from './chartDirectory';

function configFor(path?: string) {
  return new ConfigReader({ stores: { chart: { path } } });
}

it('is the chart of the workspace unless configured', () => {
  expect(chartDirectory(configFor())).toBe(
    resolvePackagePath(
      '@storeyard/backstage-plugin-stores-backend',
      '../../charts/medusa-store',
    ),
  );
});

describe('a configured folder', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stores-chart-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  it('is taken when there is a chart in it', async () => {
    await writeFile(join(directory, 'Chart.yaml'), 'name: other');
    expect(chartDirectory(configFor(directory))).toBe(directory);
  });

  it('is refused when there is none, and nothing else is taken', () => {
    expect(() => chartDirectory(configFor(directory))).toThrow(
      `no Chart.yaml in '${directory}': set 'stores.chart.path' to the folder of the chart`,
    );
  });
});
