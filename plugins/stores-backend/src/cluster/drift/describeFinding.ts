import { describeObject } from '../resources';
import type { DriftFinding } from './DriftFinding';
import { describePath } from './fieldPaths';

/** Puts a finding into words. */
export function describeFinding(
  finding: Omit<DriftFinding, 'message'>,
): DriftFinding {
  const { manager, object, path, type } = finding;
  if (type === 'gone') {
    return { ...finding, message: `${describeObject(object)} was deleted` };
  }
  const by = manager
    ? ` by field manager '${manager}'`
    : ', by whom the API server does not say';
  return {
    ...finding,
    message: `${describeObject(object)}: ${describePath(
      path,
    )} was ${type}${by}`,
  };
}
