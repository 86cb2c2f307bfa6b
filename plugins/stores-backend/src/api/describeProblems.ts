import { findStoreNameProblem } from '@storeyard/backstage-plugin-stores-common';
import type { ErrorObject } from 'ajv';

const typeNames: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'a text',
};

/**
 * What a caller reads of a validator's errors: one text a field, that begins
 * with the field's name.
 *
 * @param whole - what to call the value itself, such as `body`
 */
export function describeProblems(
  errors: readonly ErrorObject[],
  whole: string,
): string[] {
  const problems = new Map<string, string>();
  for (const error of errors) {
    const { field, text } = describe(error, whole);
    if (!problems.has(field)) {
      problems.set(field, text);
    }
  }
  return [...problems].map(
    ([field, text]) => `${field === '' ? whole : field}: ${text}`,
  );
}

function describe(
  error: ErrorObject,
  whole: string,
): { field: string; text: string } {
  const { instancePath, keyword, params, parentSchema, data } = error;
  const path = instancePath
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  const at = (name?: unknown) =>
    [...path, ...(name === undefined ? [] : [String(name)])].join('.');
  const field = at();
  switch (keyword) {
    case 'required':
      return { field: at(params.missingProperty), text: 'is required' };
    case 'additionalProperties':
      return { field: at(params.additionalProperty), text: 'unknown field' };
    case 'type':
      if (whole === 'query' && Array.isArray(data)) {
        return { field, text: 'must be given once' };
      }
      return {
        field,
        text: `must be ${typeNames[String(params.type)] ?? params.type}`,
      };
    case 'enum':
      return {
        field,
        text: `must be one of ${params.allowedValues.join(', ')}`,
      };
    case 'minLength':
      return {
        field,
        text:
          params.limit === 1
            ? 'must not be empty'
            : `must not be shorter than ${params.limit} characters`,
      };
    case 'maxLength':
      return {
        field,
        text: `must not be longer than ${params.limit} characters`,
      };
    case 'minimum':
      return { field, text: `must be at least ${params.limit}` };
    case 'maximum':
      return { field, text: `must be at most ${params.limit}` };
    case 'minProperties':
      return {
        field,
        text: `must have one of ${Object.keys(
          parentSchema?.properties ?? {},
        ).join(', ')}`,
      };
    case 'format':
      return {
        field,
        text:
          findStoreNameProblem(String(data)) ?? `must be a ${params.format}`,
      };
    default:
      return {
        field,
        text: parentSchema?.['x-message'] ?? error.message ?? 'is wrong',
      };
  }
}
