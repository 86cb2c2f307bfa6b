import type { JsonObject } from '@backstage/types';
import type { StoreUrls } from '@storeyard/backstage-plugin-stores-common';

/**
 * What an engine may know about a store when it computes what the chart needs.
 *
 * @public
 */
export interface EngineStore {
  id: string;
  name: string;
  parameters: JsonObject;
}

/**
 * A Secret that the loop applies beside the chart's objects.
 *
 * @public
 */
export interface StoreSecret {
  name: string;
  data: Record<string, string>;
}

/**
 * How the administrator of a new store signs in.
 *
 * @public
 */
export interface StoreLogin {
  email: string;
  password: string;
}

/**
 * Where an engine's secrets come from: computed out of the installation's key, so that they are never stored.
 *
 * @public
 */
export interface SecretSource {
  /**
   * The same `length` hexadecimal digits (64 unless given, and at most) for the same store, purpose and version, and
   * others for any other.
   */
  hexadecimal(options: {
    storeId: string;
    purpose: string;
    version?: number;
    length?: number;
  }): string;
}

/**
 * What a probe asks of a store before it counts as serving.
 *
 * @public
 */
export interface StoreProbeRequest {
  path: string;
  headers?: Record<string, string>;
  /** Decides by the answer's body; undefined means that it is right, a string says what is wrong with it. */
  verify?(body: string): string | undefined;
}

/**
 * The kind of shop. An engine knows its parameters, its part of the chart's values, its secrets and what a shopper's
 * first requests are; everything else is the same for all engines.
 *
 * @public
 */
export interface StoreEngine {
  /** What requests name it by, such as `medusa`. */
  readonly name: string;
  /** The Deployment or StatefulSet that is the shop itself, whose log people look at first. */
  readonly mainWorkload: string;
  /**
   * Checks what a person gave and fills in the defaults.
   * @throws InputError that names each wrong field
   */
  parseParameters(parameters: JsonObject): JsonObject;
  /** The engine's part of the chart's values; never holds a secret. */
  values(store: EngineStore): JsonObject;
  /** The Secrets that the store's pods read; the same bytes on every call. */
  secrets(options: { storeId: string; derived: SecretSource }): StoreSecret[];
  /** The names of those Secrets as chart values, so that the chart makes none itself. */
  secretValues(): JsonObject;
  urls(storefront: string): StoreUrls;
  /** The login that the store was made with; without it, or with undefined, stores have none. */
  firstLogin?(options: {
    store: EngineStore;
    storefront: string;
    derived: SecretSource;
  }): StoreLogin | undefined;
  /** The requests of a shopper that have to work through the ingress. */
  probeRequests(options: {
    storeId: string;
    derived: SecretSource;
  }): StoreProbeRequest[];
}
