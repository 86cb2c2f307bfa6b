import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';

/** Options of {@link audited}. */
export interface AuditedOptions {
  auditor: AuditorService;
  request: Request;
  eventId: string;
  severityLevel: 'medium' | 'high';
  /** What is known before the work is done. */
  meta: JsonObject;
}

/** Does some work and audits its outcome, a failure too; the work adds to `meta` what it finds out. */
export async function audited<Result>(
  options: AuditedOptions,
  work: (meta: JsonObject) => Promise<Result>,
): Promise<Result> {
  const { auditor, ...event } = options;
  const auditing = await auditor.createEvent(event);
  const meta: JsonObject = {};
  try {
    const result = await work(meta);
    await auditing.success({ meta });
    return result;
  } catch (error) {
    await auditing.fail({ error: asError(error), meta });
    throw error;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
