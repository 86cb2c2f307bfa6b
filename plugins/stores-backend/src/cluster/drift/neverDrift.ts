import { type FieldPath, isWithin } from './fieldPaths';

/** The parts of an object in which a stranger's field is drift; elsewhere only what we applied counts. */
const JUDGED = new Set([
  'spec',
  'data',
  'binaryData',
  'rules',
  'subjects',
  'roleRef',
  'automountServiceAccountToken',
]);

/** What other controllers write by right, by kind: the fields below, whatever list item they are in. */
const LEFT_ALONE: Record<string, readonly (readonly string[])[]> = {
  PersistentVolumeClaim: [
    // A claim can't be changed back: what a claim asks for only ever grows, and the rest is frozen.
    ['spec'],
  ],
  Service: [
    ['spec', 'clusterIP'],
    ['spec', 'clusterIPs'],
    ['spec', 'ipFamilies'],
    ['spec', 'ipFamilyPolicy'],
    ['spec', 'healthCheckNodePort'],
    ['spec', 'ports', 'nodePort'],
  ],
  ServiceAccount: [['secrets'], ['imagePullSecrets']],
  Namespace: [['spec', 'finalizers']],
};

const TEMPLATE_ANNOTATIONS = [
  'f:spec',
  'f:template',
  'f:metadata',
  'f:annotations',
];

const RESTARTED_AT = /^f:.*\/restartedAt$/;

/** Whether a path that somebody else holds is none of our business. */
export function isNeverDrift(kind: string, path: FieldPath): boolean {
  const [root = ''] = path;
  if (!JUDGED.has(root.slice(2))) return true;
  if (isRestartMark(path)) return true;
  const names = path
    .filter(segment => segment.startsWith('f:'))
    .map(segment => segment.slice(2));
  return (LEFT_ALONE[kind] ?? []).some(spared =>
    spared.every((name, index) => names[index] === name),
  );
}

/** `kubectl rollout restart` marks the pods' template. */
function isRestartMark(path: FieldPath): boolean {
  return (
    isWithin(path, TEMPLATE_ANNOTATIONS) &&
    RESTARTED_AT.test(path[TEMPLATE_ANNOTATIONS.length] ?? '')
  );
}
