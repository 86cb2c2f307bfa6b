import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';

const TIMEOUT_MS = 2000;

export const AUTHENTICATE = false;

/** 200 only while PostgreSQL answers, else 503. Medusa's own `/health` never asks the database. */
export async function GET(req: MedusaRequest, res: MedusaResponse) {
  const database = req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION);
  let timer: NodeJS.Timeout | undefined;
  try {
    await Promise.race([
      database.raw('select 1'),
      new Promise((_, reject) => {
        timer = setTimeout(
          () => reject(new Error(`no answer within ${TIMEOUT_MS} ms`)),
          TIMEOUT_MS,
        );
      }),
    ]);
    res.status(200).json({ status: 'ready' });
  } catch (error) {
    req.scope
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`not ready: the database fails: ${error}`);
    res.status(503).json({ status: 'database unavailable' });
  } finally {
    clearTimeout(timer);
  }
}
