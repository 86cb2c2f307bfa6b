import type { Request, RequestHandler, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { answerOutages } from './answerOutages';
import type { Caller, CallerResolver } from './Caller';
import { DocumentValidator } from './DocumentValidator';
import { jsonBody } from './jsonBody';
import { documentOperations, type DocumentOperation } from './OpenApiDocument';
import type { OperationHandlers, OperationId } from './operationTypes';
import { parseInput } from './parseInput';
import { refuseOtherMethods, refuseOtherPaths } from './refuseOthers';

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

/** What all answers have in common. */
interface Reply {
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
  for (const path of new Set(documentOperations.map(each => each.path))) {
    const operations = documentOperations.filter(each => each.path === path);
    const route = router.route(path.replace(/\{(\w+)\}/g, ':$1'));
    for (const operation of operations) {
      route[operation.method](
        async (request: Request, response: Response) => {
          response.locals.caller = await callers.resolve(request);
          return 'next';
        },
        ...limitsOf(operation.id),
        ...jsonBody(),
        handle(operation, handlers, validator),
      );
    }
    route.all(refuseOtherMethods(operations.map(({ method }) => method)));
  }
  router.use(refuseOtherPaths());
  router.use(answerOutages());
  return router;
}

function handle<Id extends OperationId>(
  operation: DocumentOperation<Id>,
  handlers: OperationHandlers,
  validator: DocumentValidator,
) {
  return async (request: Request, response: Response): Promise<void> => {
    const reply = await handlers[operation.id]({
      ...parseInput(validator, operation, request),
      caller: callerOf(response),
      request,
      response,
    });
    const { body, headers = {}, status }: Reply = reply;
    response.status(status).set(headers);
    if (typeof body === 'string') {
      response.send(body);
    } else {
      response.json(body);
    }
  };
}
