import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import type { DocumentValidator } from './DocumentValidator';
import {
  resolveReference,
  type DocumentOperation,
  type DocumentSchema,
} from './OpenApiDocument';

/** What a request says, checked. */
export interface ParsedInput {
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
export function parseInput(
  validator: DocumentValidator,
  operation: DocumentOperation,
  request: Request,
): ParsedInput {
  const { id, parameters } = operation;
  const query = readQuery(operation, request);
  const header: Record<string, string> = {};
  for (const { name, in: place } of parameters) {
    const value = request.header(name);
    if (place === 'header' && value !== undefined) {
      header[name] = value;
    }
  }
  // DELETE and GET may come with a body that no parser has seen.
  const body = request.method === 'GET' ? {} : request.body ?? {};
  const problems = [
    ...validator.findProblems(id, 'body', body),
    ...validator.findProblems(id, 'query', query),
    ...validator
      .findProblems(id, 'header', header)
      .map(problem => `header ${problem}`),
  ];
  if (problems.length > 0) {
    throw new InputError(problems.join('; '));
  }
  for (const { name, in: place, schema } of parameters) {
    const { default: fallback } = resolveReference(schema);
    if (place === 'query' && fallback !== undefined && !(name in query)) {
      query[name] = fallback;
    }
  }
  return {
    path: request.params,
    query,
    header,
    body: operation.body ? body : undefined,
  };
}

function readQuery(
  { parameters }: DocumentOperation,
  request: Request,
): Record<string, unknown> {
  const query: Record<string, unknown> = { ...request.query };
  for (const { name, in: place, schema } of parameters) {
    if (place === 'query' && name in query) {
      query[name] = convert(resolveReference(schema), query[name]);
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
  if (type === 'integer' && /^-?\d{1,15}$/.test(value)) {
    return Number(value);
  }
  if (type === 'boolean' && (value === 'true' || value === 'false')) {
    return value === 'true';
  }
  return value;
}
