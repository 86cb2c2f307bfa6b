import type { AuditorService } from '@backstage/backend-plugin-api';
import {
  storeCredentialsReadPermission,
  storeLogsReadPermission,
  storeReadPermission,
} from '@storeyard/backstage-plugin-stores-common';
import type { Request } from 'express';
import type { StoreRecord } from '../../database';
import type { StoreAccess, StorePermission } from '../../permissions';
import { audited } from '../audited';
import type { Caller } from '../Caller';
import type { OperationHandlers } from '../operationTypes';
import type { StoreOrchestrator } from '../StoreOrchestrator';
import type { StoreViews } from '../StoreViews';

/** Options of {@link createInsightHandlers}. */
export interface InsightHandlersOptions {
  access: StoreAccess;
  auditor: AuditorService;
  orchestrator: Pick<StoreOrchestrator, 'credentials' | 'logs' | 'resources'>;
  views: StoreViews;
}

interface SensitiveReading {
  caller: Caller;
  id: string;
  request: Request;
  eventId: string;
  severityLevel: 'medium' | 'high';
  permission: StorePermission;
}

/** The calls that show what a store is made of, what it says, and how one gets into it. */
export function createInsightHandlers(options: InsightHandlersOptions) {
  const { access, auditor, orchestrator, views } = options;

  async function readAudited<Result>(
    reading: SensitiveReading,
    read: (record: StoreRecord) => Promise<Result>,
  ): Promise<Result> {
    const { caller, id, permission, ...event } = reading;
    const record = await views.find(id);
    return audited(
      {
        auditor,
        ...event,
        meta: {
          storeId: id,
          owner: record.owner,
          correlationId: caller.correlationId,
        },
      },
      async () => {
        await access.require(caller, permission, record);
        return read(record);
      },
    );
  }

  return {
    async getResources({ caller, path }) {
      const record = await views.find(path.id);
      await access.require(caller, storeReadPermission, record);
      return { status: 200, body: await orchestrator.resources(record) };
    },

    async getLogs({ caller, path, query, request }) {
      const body = await readAudited(
        {
          caller,
          request,
          id: path.id,
          eventId: 'store-logs-read',
          severityLevel: 'medium',
          permission: storeLogsReadPermission,
        },
        record => orchestrator.logs(record, query),
      );
      return { status: 200, body, headers: { 'Cache-Control': 'no-store' } };
    },

    async getCredentials({ caller, path, request }) {
      const body = await readAudited(
        {
          caller,
          request,
          id: path.id,
          eventId: 'store-credentials-read',
          severityLevel: 'high',
          permission: storeCredentialsReadPermission,
        },
        record => orchestrator.credentials(record),
      );
      return { status: 200, body, headers: { 'Cache-Control': 'no-store' } };
    },
  } satisfies Partial<OperationHandlers>;
}
