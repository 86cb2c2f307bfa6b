export { cleanAnswer } from './cleanAnswer';
export { describeFinding } from './describeFinding';
export type { DriftFinding } from './DriftFinding';
export { describePath, pathKey } from './fieldPaths';
export { judgeDrift } from './judgeDrift';
export { retakeFields } from './retakeFields';
