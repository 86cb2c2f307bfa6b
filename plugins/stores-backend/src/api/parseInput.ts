import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import type { DocumentValidator } from './DocumentValidator';
import {
  resolveReference,
  type DocumentOperation,
  type DocumentSchema,
} from './OpenApiDocument';
import type { OperationId, OperationInput } from './operationTypes';

/** What a request says, before anybody has looked at it. */
interface RawInput {
  path: Record<string, string>;
  query: Record<string, unknown>;
  header: Record<string, string>;
  body: unknown;
}

/**
 * Reads what a request says, with the document's defaults filled in.
 *
 * @throws InputError that names each wrong field
 */
export function parseInput<Id extends OperationId>(
  validator: DocumentValidator,
  operation: DocumentOperation<Id>,
  request: Request,
): OperationInput<Id> {
  // DELETE and GET may come with a body that no parser has seen.
  const sent = request.method === 'GET' ? {} : request.body ?? {};
  const input: RawInput = {
    path: request.params,
    query: readQuery(operation, request),
    header: readHeader(operation, request),
    body: operation.body && sent,
  };
  requireValid(validator, operation.id, input, sent);
  return input;
}

/** The types are made of the document that the validator compares with. */
function requireValid<Id extends OperationId>(
  validator: DocumentValidator,
  id: Id,
  input: RawInput,
  sent: unknown,
): asserts input is RawInput & OperationInput<Id> {
  const { header, query } = input;
  const problems = [
    ...validator.findProblems(id, 'body', sent),
    ...validator.findProblems(id, 'query', query),
    ...validator
      .findProblems(id, 'header', header)
      .map(problem => `header ${problem}`),
  ];
  if (problems.length > 0) {
    throw new InputError(problems.join('; '));
  }
}

function readHeader(
  { parameters }: DocumentOperation,
  request: Request,
): Record<string, string> {
  const header: Record<string, string> = {};
  for (const { name, in: place } of parameters) {
    const value = request.header(name);
    if (place === 'header' && value !== undefined) {
      header[name] = value;
    }
  }
  return header;
}

function readQuery(
  { parameters }: DocumentOperation,
  request: Request,
): Record<string, unknown> {
  const query: Record<string, unknown> = { ...request.query };
  for (const { name, in: place, schema } of parameters) {
    if (place !== 'query') continue;
    const resolved = resolveReference(schema);
    if (name in query) {
      query[name] = convert(resolved, query[name]);
    } else if (resolved.default !== undefined) {
      query[name] = resolved.default;
    }
  }
  return query;
}

/** A query knows only texts; what can't be converted stays as it is, for the validator to refuse. */
function convert({ type }: DocumentSchema, value: unknown): unknown {
  if (type === 'array') {
    return Array.isArray(value) ? value : [value];
  }
  if (typeof value !== 'string') {
    return value;
  }
  if (type === 'integer' && /^-?\d+$/.test(value)) {
    return Number(value);
  }
  if (type === 'boolean' && (value === 'true' || value === 'false')) {
    return value === 'true';
  }
  return value;
}
