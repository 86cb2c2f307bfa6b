import type { DriftFinding } from '../../cluster';

const SAID_AT_MOST = 20;

/** What was found, in one line. */
export function sayFindings(findings: readonly DriftFinding[]): string {
  const said = findings.slice(0, SAID_AT_MOST).map(({ message }) => message);
  const more = findings.length - said.length;
  return [...said, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

/** What was found, as an event's details. */
export function listFindings(findings: readonly DriftFinding[]) {
  return {
    findings: findings.slice(0, SAID_AT_MOST).map(finding => ({
      kind: finding.object.kind,
      name: finding.object.metadata.name,
      type: finding.type,
      message: finding.message,
      ...(finding.manager && { manager: finding.manager }),
    })),
  };
}
