import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { mergeValues } from './mergeValues';
import { YamlFiles } from './YamlFiles';

export interface StoreChartOptions {
  /** The chart's folder. */
  path: string;
  /** Values files over the chart's own values, the last one wins. */
  valuesFiles: readonly string[];
  /** Values over the files. */
  values: JsonObject;
}

/** The chart as it lies on the disk, with this installation's values. */
export class StoreChart {
  static create(options: StoreChartOptions): StoreChart {
    return new StoreChart(options);
  }

  private readonly files = YamlFiles.create();

  private constructor(private readonly options: StoreChartOptions) {}

  get path(): string {
    return this.options.path;
  }

  async version(): Promise<string> {
    return await this.field('version');
  }

  /** The version of what the chart installs unless its values say otherwise. */
  async appVersion(): Promise<string> {
    return await this.field('appVersion');
  }

  /** What every store of this installation gets, the chart's own defaults left out. */
  async installationValues(): Promise<JsonObject> {
    const files = await Promise.all(
      this.options.valuesFiles.map(file => this.files.mapping(file)),
    );
    return mergeValues(...files, this.options.values);
  }

  /** Like the values that templates see: the chart's own defaults with the given ones over them. */
  async effectiveValues(values: JsonObject): Promise<JsonObject> {
    return mergeValues(
      await this.files.mapping(join(this.path, 'values.yaml')),
      values,
    );
  }

  private async field(name: string): Promise<string> {
    const value = (await this.files.mapping(join(this.path, 'Chart.yaml')))[
      name
    ];
    if (value === undefined || value === null) {
      throw new InputError(`The chart at '${this.path}' has no '${name}'`);
    }
    return String(value);
  }
}
