import type { JsonObject } from '@backstage/types';

/** The desired state of one generation: what was rendered, from what. */
export interface StoreGeneration {
  storeId: string;
  generation: number;
  plan: string;
  parameters: JsonObject;
  chartVersion: string;
  imageVersion: string;
  /** The chart's values; never anything secret. */
  values: JsonObject;
  /** The rendered Kubernetes objects in the chart's order; never a Secret's data. */
  objects: JsonObject[];
  /** The API server's answers to our apply of the objects, without status; never a Secret's data. */
  answers?: JsonObject[];
  /** When Helm has written the generation's release record. */
  releaseRecordedAt?: Date;
}
