import { readFile } from 'node:fs/promises';

/** A request that the API server answered, or a watch that it began to. */
export interface AuditedRequest {
  verb: string;
  userAgent: string;
  /** Of the object, or its name when it is in none. */
  namespace: string;
  resource: string;
  name: string;
  code: number;
  at: Date;
}

interface AuditEvent {
  auditID: string;
  stage: string;
  verb: string;
  userAgent?: string;
  requestReceivedTimestamp: string;
  user: { username: string };
  objectRef?: { namespace?: string; name?: string; resource?: string };
  responseStatus?: { code: number };
}

/** All that an account asked of the API server, a watch from its beginning on. */
export async function readAuditLog(
  path: string,
  username: string,
): Promise<AuditedRequest[]> {
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  const events = lines
    .filter(line => line.includes(username))
    .map(line => JSON.parse(line) as AuditEvent)
    .filter(
      ({ stage, user, verb }) =>
        (stage === 'ResponseComplete' || verb === 'watch') &&
        user.username === username,
    );
  // A watch is logged when it begins and again when it ends.
  return [...new Map(events.map(event => [event.auditID, event])).values()].map(
    event => ({
      verb: event.verb,
      userAgent: event.userAgent ?? '',
      namespace: event.objectRef?.namespace ?? event.objectRef?.name ?? '',
      resource: event.objectRef?.resource ?? '',
      name: event.objectRef?.name ?? '',
      code: event.responseStatus?.code ?? 0,
      at: new Date(event.requestReceivedTimestamp),
    }),
  );
}
