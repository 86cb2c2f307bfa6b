import { openApiDocument } from './generated/openApiDocument';
import type { OperationId } from './operationTypes';

/** The parts of a schema that are read here; the rest is the validator's. */
export interface DocumentSchema {
  $ref?: string;
  type?: string;
  default?: unknown;
  [keyword: string]: unknown;
}

/** One parameter of an operation. */
export interface DocumentParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: DocumentSchema;
}

interface JsonContent {
  content?: { 'application/json'?: { schema: DocumentSchema } };
}

/** One call of the document. */
export interface DocumentOperation<Id extends OperationId = OperationId> {
  id: Id;
  method: 'get' | 'post' | 'patch' | 'delete';
  /** With parameters in braces. */
  path: string;
  parameters: DocumentParameter[];
  /** Schema of the body; absent where the call takes none. */
  body?: DocumentSchema;
  /** Schemas of JSON answers, by status. */
  answers: Map<string, DocumentSchema>;
}

interface RawOperation {
  operationId: OperationId;
  parameters?: (DocumentParameter | { $ref: string })[];
  requestBody?: JsonContent;
  responses: Record<string, JsonContent | { $ref: string }>;
}

type RawPath = Partial<Record<DocumentOperation['method'], RawOperation>> & {
  parameters?: RawOperation['parameters'];
};

interface RawDocument {
  paths: Record<string, RawPath>;
  components: Record<string, Record<string, unknown>>;
}

const methods = ['get', 'post', 'patch', 'delete'] as const;

const document = openApiDocument as RawDocument;

/** What the document's references refer to. */
export const documentComponents = document.components;

/** The calls of the document, paths without parameters first: they are no ids, whatever the method. */
export const documentOperations: DocumentOperation[] = Object.entries(
  document.paths,
)
  .flatMap(([path, item]) =>
    methods.flatMap(method => {
      const operation = item[method];
      return operation === undefined
        ? []
        : [toOperation(path, method, item, operation)];
    }),
  )
  .sort((left, right) => braces(left.path) - braces(right.path));

/** What a reference within the document stands for; the value itself when it is none. */
export function resolveReference<Value extends object>(
  value: Value | { $ref: string },
): Value {
  if (!('$ref' in value) || typeof value.$ref !== 'string') {
    return value as Value;
  }
  const [, , kind = '', name = ''] = value.$ref.split('/');
  const found = documentComponents[kind]?.[name];
  if (found === undefined) {
    throw new Error(`the document has no '${value.$ref}'`);
  }
  return found as Value;
}

function toOperation(
  path: string,
  method: DocumentOperation['method'],
  item: RawPath,
  operation: RawOperation,
): DocumentOperation {
  const answers = Object.entries(operation.responses).flatMap(
    ([status, response]): [string, DocumentSchema][] => {
      const schema = jsonSchema(resolveReference<JsonContent>(response));
      return schema === undefined ? [] : [[status, schema]];
    },
  );
  return {
    id: operation.operationId,
    method,
    path,
    parameters: [
      ...(item.parameters ?? []),
      ...(operation.parameters ?? []),
    ].map(parameter => resolveReference<DocumentParameter>(parameter)),
    body: operation.requestBody && jsonSchema(operation.requestBody),
    answers: new Map(answers),
  };
}

function jsonSchema({ content }: JsonContent): DocumentSchema | undefined {
  return content?.['application/json']?.schema;
}

function braces(path: string): number {
  return path.split('{').length;
}
