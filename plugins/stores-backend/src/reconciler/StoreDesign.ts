import type { JsonObject, JsonValue } from '@backstage/types';
import { InputError } from '@backstage/errors';
import type { StoreUrls } from '@storeyard/backstage-plugin-stores-common';
import type { StoreRecord } from '../database/StoreRecord';
import type { EngineRegistry } from '../engines';
import { isJsonObject, mergeValues, type StoreChart } from '../helm';

export interface StoreDesignOptions {
  chart: StoreChart;
  engines: EngineRegistry;
  plans: ReadonlyMap<string, JsonObject>;
}

/** What a store shall be: chart values out of the installation's settings, the plan and the engine's parameters. */
export class StoreDesign {
  static create(options: StoreDesignOptions): StoreDesign {
    return new StoreDesign(options);
  }

  private constructor(private readonly options: StoreDesignOptions) {}

  /** Whole values but for the chart's own defaults; nothing in them is secret. */
  async values(options: {
    record: Pick<
      StoreRecord,
      'id' | 'name' | 'owner' | 'generation' | 'engine' | 'plan' | 'parameters'
    >;
    installationId: string;
    /** What the claims of StatefulSets were made with, which can't be changed in them. */
    claimTemplateSize?: string;
  }): Promise<JsonObject> {
    const { record, installationId, claimTemplateSize } = options;
    const engine = this.options.engines.get(record.engine);
    const plan = this.options.plans.get(record.plan);
    if (!plan) {
      const known = [...this.options.plans.keys()].join("', '");
      throw new InputError(
        `Store '${record.id}' has plan '${record.plan}', expected one of '${known}'`,
      );
    }
    return mergeValues(
      await this.options.chart.installationValues(),
      plan,
      engine.values(record),
      engine.secretValues(),
      {
        store: {
          id: record.id,
          name: record.name,
          owner: record.owner,
          generation: record.generation,
        },
        installation: installationId,
        namespace: { create: false },
        ...(claimTemplateSize && {
          postgres: { claimTemplateSize },
        }),
      },
    );
  }

  async podSecurityVersion(values: JsonObject): Promise<string> {
    const { namespace } = await this.options.chart.effectiveValues(values);
    return isJsonObject(namespace) && namespace.podSecurityVersion
      ? String(namespace.podSecurityVersion)
      : 'latest';
  }

  /** The image's version as the objects carry it. */
  async imageVersion(values: JsonObject): Promise<string> {
    const { image } = await this.options.chart.effectiveValues(values);
    const tag = isJsonObject(image) && image.tag;
    return tag ? String(tag) : await this.options.chart.appVersion();
  }

  /** Where the store answers, from its values or, while it has none yet, from the installation's settings. */
  async urls(options: {
    record: Pick<StoreRecord, 'id' | 'engine'>;
    values?: JsonObject;
  }): Promise<StoreUrls> {
    const { record, values } = options;
    return this.options.engines
      .get(record.engine)
      .urls(await this.storefront(record.id, values));
  }

  /** @param values - a store's own; absent: the installation's settings */
  async storefront(id: string, values?: JsonObject): Promise<string> {
    const { chart } = this.options;
    const { ingress } = await chart.effectiveValues(
      values ?? (await chart.installationValues()),
    );
    return storefrontUrl(id, ingress);
  }
}

/** `scheme://<id>.<baseDomain>`, with the port unless the scheme implies it. */
function storefrontUrl(id: string, ingress: JsonValue | undefined): string {
  const { scheme, baseDomain, port } = isJsonObject(ingress) ? ingress : {};
  const implied = scheme === 'https' ? 443 : 80;
  const suffix = port && Number(port) !== implied ? `:${port}` : '';
  return `${scheme}://${id}.${baseDomain}${suffix}`;
}
