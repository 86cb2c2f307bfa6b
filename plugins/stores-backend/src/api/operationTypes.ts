import type { StoresOperations } from '@storeyard/backstage-plugin-stores-common';
import type { Request, Response } from 'express';
import type { Caller } from './Caller';

/** A call that the document has, by its `operationId`. */
export type OperationId = keyof StoresOperations;

type Parameters<Id extends OperationId> = StoresOperations[Id]['parameters'];

type Given<Value> = [NonNullable<Value>] extends [never]
  ? Record<never, never>
  : NonNullable<Value>;

/** Parameters that the document has a default for, so that they are always there. */
type DefaultedParameter =
  | 'after'
  | 'days'
  | 'limit'
  | 'order'
  | 'previous'
  | 'tail'
  | 'wait';

type Query<Id extends OperationId> = Given<Parameters<Id>['query']>;

type Body<Id extends OperationId> = NonNullable<
  StoresOperations[Id]['requestBody']
> extends { content: { 'application/json': infer Json } }
  ? Json
  : undefined;

/** What a request says, as the document has it. */
export interface OperationInput<Id extends OperationId> {
  path: Given<Parameters<Id>['path']>;
  query: Query<Id> &
    Required<Pick<Query<Id>, keyof Query<Id> & DefaultedParameter>>;
  header: Given<Parameters<Id>['header']>;
  body: Body<Id>;
}

/** A request that is as the document wants it, and who makes it. */
export interface OperationCall<Id extends OperationId>
  extends OperationInput<Id> {
  caller: Caller;
  request: Request;
  response: Response;
}

type Responses<Id extends OperationId> = StoresOperations[Id]['responses'];

type SuccessStatus<Id extends OperationId> = keyof Responses<Id> &
  (200 | 201 | 202);

type Content<Answer> = Answer extends { content: infer Types }
  ? Types[keyof Types]
  : never;

/** An answer that the document allows. */
export type OperationReply<Id extends OperationId> = {
  [Status in SuccessStatus<Id>]: {
    status: Status;
    body: Content<Responses<Id>[Status]>;
    headers?: Record<string, string>;
  };
}[SuccessStatus<Id>];

/** Answers one call of the document. */
export type OperationHandler<Id extends OperationId> = (
  call: OperationCall<Id>,
) => Promise<OperationReply<Id>>;

/** Answers all calls of the document; the compiler misses none. */
export type OperationHandlers = {
  [Id in OperationId]: OperationHandler<Id>;
};
