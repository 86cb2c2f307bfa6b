import type { operationRoutes, operations } from './generated/openapi';
import type { StoresRequestOptions } from './StoresClientOptions';

/** A call of the OpenAPI document. */
export type OperationId = keyof typeof operationRoutes;

type Parameters<Id extends OperationId> = operations[Id]['parameters'];

type RequestBody<Id extends OperationId> = NonNullable<
  operations[Id]['requestBody']
> extends {
  content: { 'application/json': infer Body };
}
  ? Body
  : undefined;

type Content<Response> = Response extends { content: infer Types }
  ? Types[keyof Types]
  : never;

/** What the document says that a success is answered with. */
export type Answer<Id extends OperationId> = {
  [Status in keyof operations[Id]['responses']]: Status extends 200 | 201 | 202
    ? Content<operations[Id]['responses'][Status]>
    : never;
}[keyof operations[Id]['responses']];

/** What a call sends. */
export interface CallOptions<Id extends OperationId>
  extends StoresRequestOptions {
  path?: Parameters<Id>['path'];
  query?: Parameters<Id>['query'];
  headers?: Record<string, string>;
  body?: RequestBody<Id>;
}
