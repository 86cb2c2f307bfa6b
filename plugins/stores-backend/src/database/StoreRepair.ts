/**
 * Something of a store in the cluster that was put right lately, or is being. Kept with the store, so that a crash
 * forgets neither what is to be told nor how often it came back.
 */
export interface StoreRepair {
  object: {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
  };
  /** `gone`: the object; `changed` or `removed`: something of ours; `added`: something that is not ours. */
  type: 'gone' | 'changed' | 'removed' | 'added';
  /** Where in the object; empty when all of it was gone. */
  path: readonly string[];
  /** The field manager that did it, where the API server knew. */
  manager?: string;
  /** What had happened, without values: they may be secret. */
  message: string;
  /** When it was put right, in the last minutes; ISO 8601. */
  times: string[];
  /** It was begun, and no event tells of it yet. */
  untold: boolean;
}
