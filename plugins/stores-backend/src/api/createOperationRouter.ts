import type { Request, RequestHandler, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { answerOutages } from './answerOutages';
import type { Caller, CallerResolver } from './Caller';
import { DocumentValidator } from './DocumentValidator';
import { jsonBody } from './jsonBody';
import { documentOperations } from './OpenApiDocument';
import type { OperationHandlers, OperationId } from './operationTypes';
import { parseInput } from './parseInput';

/** Who made a request whose credentials have been looked at. */
export function callerOf(response: Response): Caller {
  return response.locals.caller;
}

/** Options of {@link createOperationRouter}. */
export interface CreateOperationRouterOptions {
  callers: CallerResolver;
  handlers: OperationHandlers;
  /** What a call has to pass once its caller is known. */
  limitsOf(operation: OperationId): RequestHandler[];
}

interface UntypedCall {
  caller: Caller;
  request: Request;
  response: Response;
}

interface UntypedReply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Routes each call of the document to its handler: credentials, then limits, then the body, then what it says. */
export function createOperationRouter(
  options: CreateOperationRouterOptions,
): Router {
  const { callers, handlers, limitsOf } = options;
  const validator = DocumentValidator.create();
  const router = PromiseRouter();
  for (const operation of documentOperations) {
    const { method, path } = operation;
    const id = operation.id as OperationId;
    // One type for all: that each handler fits its call is checked where the handlers are put together.
    const handler = handlers[id] as unknown as (
      call: UntypedCall,
    ) => Promise<UntypedReply>;
    router[method](
      path.replace(/\{(\w+)\}/g, ':$1'),
      async (request: Request, response: Response) => {
        response.locals.caller = await callers.resolve(request);
        return 'next';
      },
      ...limitsOf(id),
      ...jsonBody(),
      async (request: Request, response: Response) => {
        const reply = await handler({
          ...parseInput(validator, operation, request),
          caller: callerOf(response),
          request,
          response,
        });
        response.status(reply.status).set(reply.headers ?? {});
        if (typeof reply.body === 'string') {
          response.send(reply.body);
        } else {
          response.json(reply.body);
        }
      },
    );
  }
  router.use(answerOutages());
  return router;
}
