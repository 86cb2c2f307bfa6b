import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreChart } from './StoreChart';

describe('StoreChart', () => {
  let folder: string;
  const file = (name: string) => join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'store-chart-'));
    await writeFile(
      file('Chart.yaml'),
      'version: 0.1.0\nappVersion: 2.18.0\nname: a\n',
    );
    await writeFile(file('values.yaml'), 'a: { b: 1, c: 1, d: 1 }\n');
    await writeFile(file('local.yaml'), 'a: { c: 2, d: 2 }\n');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const create = () =>
    StoreChart.create({
      path: folder,
      valuesFiles: [file('local.yaml')],
      values: { a: { d: 3 } },
    });

  it("puts files over the chart's defaults and settings over files", async () => {
    const chart = create();
    expect(await chart.version()).toBe('0.1.0');
    expect(await chart.appVersion()).toBe('2.18.0');
    const values = await chart.installationValues();
    expect(values).toEqual({ a: { c: 2, d: 3 } });
    expect(await chart.effectiveValues(values)).toEqual({
      a: { b: 1, c: 2, d: 3 },
    });
  });

  it('sees that a file has changed', async () => {
    const chart = create();
    await chart.installationValues();
    await writeFile(file('local.yaml'), 'a: { c: 9 }\n');
    await utimes(file('local.yaml'), 1, 1);
    expect(await chart.installationValues()).toEqual({ a: { c: 9, d: 3 } });
  });

  it('refuses what is no mapping', async () => {
    await writeFile(file('local.yaml'), '- a\n');
    await expect(create().installationValues()).rejects.toThrow(
      'holds no YAML mapping',
    );
  });
});
