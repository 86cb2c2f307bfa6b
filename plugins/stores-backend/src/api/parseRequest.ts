import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * Checks a part of a request.
 *
 * @throws InputError that names each wrong field, unknown ones too
 */
export function parseRequest<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  part: 'body' | 'query' | 'header Idempotency-Key',
): z.output<Schema> {
  const result = schema.safeParse(input, { reportInput: true });
  if (!result.success) {
    throw new InputError(
      result.error.issues.flatMap(issue => describe(issue, part)).join('; '),
    );
  }
  return result.data;
}

function describe(issue: z.core.$ZodIssue, part: string): string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => `${[...path, key].join('.')}: unknown field`);
  }
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.flatMap(branch =>
      branch.flatMap(inner =>
        describe({ ...inner, path: [...issue.path, ...inner.path] }, part),
      ),
    );
    return [...new Set(branches)];
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  const text = missing ? 'is required' : issue.message;
  return [`${path.length > 0 ? path.join('.') : part}: ${text}`];
}
