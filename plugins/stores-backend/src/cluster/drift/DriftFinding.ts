import type { ObjectReference } from '../types';
import type { FieldPath } from './fieldPaths';

/** One thing about an object that is not as we applied it. */
export interface DriftFinding {
  object: ObjectReference;
  /** `gone`: the object; `changed` or `removed`: something that we applied; `added`: something that we did not. */
  type: 'gone' | 'changed' | 'removed' | 'added';
  /** Where in the object; empty when all of it is gone. */
  path: FieldPath;
  /** The field manager that did it, where the API server still knows. */
  manager?: string;
  /** What happened and by whom, without values: they may be secret. */
  message: string;
}
