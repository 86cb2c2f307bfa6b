import { join } from 'node:path';
import {
  storeConditionTypes,
  storeEventTypes,
  storeReasons,
  storesOperationRoutes,
  storeStates,
} from '@storeyard/backstage-plugin-stores-common';
import { execa } from 'execa';
import request from 'supertest';
import { useTestApis } from '../__testUtils__/testApi';
import { DocumentValidator } from './DocumentValidator';
import { documentComponents, documentOperations } from './OpenApiDocument';

jest.setTimeout(60_000);

const start = useTestApis();

interface Schema {
  enum?: string[];
  'x-extensible-enum'?: string[];
  properties: Record<string, Schema>;
}

function schema(name: string): Schema {
  return documentComponents.schemas?.[name] as Schema;
}

it('has what is generated from it as it would be generated now', async () => {
  const { exitCode, stderr } = await execa(
    process.execPath,
    ['--no-warnings', 'scripts/generateOpenApi.mjs', '--check'],
    { cwd: join(__dirname, '../..'), reject: false },
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

it('knows the words that the code knows', () => {
  expect(schema('StoreState').enum).toEqual([...storeStates]);
  expect(schema('StoreCondition').properties.type?.enum).toEqual([
    ...storeConditionTypes,
  ]);
  expect(schema('Store').properties.reason?.['x-extensible-enum']).toEqual(
    Object.keys(storeReasons),
  );
  expect(schema('StoreEvent').properties.type?.['x-extensible-enum']).toEqual([
    ...storeEventTypes,
  ]);
});

it('has a default for each parameter that handlers take for given', () => {
  const given = ['after', 'days', 'limit', 'order', 'previous', 'tail', 'wait'];
  const found = documentOperations.flatMap(({ id, parameters }) =>
    parameters
      .filter(({ name }) => given.includes(name))
      .map(({ name, schema: { default: fallback } }) => [
        `${id} ${name}`,
        fallback !== undefined,
      ]),
  );
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter(([, has]) => !has)).toEqual([]);
});

it('has only schemas that can be checked by', () => {
  const validator = DocumentValidator.create();
  for (const { id, answers } of documentOperations) {
    for (const part of ['body', 'query', 'header'] as const) {
      expect(() => validator.findProblems(id, part, {})).not.toThrow();
    }
    for (const status of answers.keys()) {
      expect(() =>
        validator.findAnswerProblems(id, Number(status), {}),
      ).not.toThrow();
    }
  }
});

it('tells the client of each call', () => {
  expect(Object.keys(storesOperationRoutes).sort()).toEqual(
    documentOperations.map(({ id }) => id).sort(),
  );
});

it('is served', async () => {
  const { backend } = await start();
  const response = await request(backend.server).get(
    '/api/stores/openapi.json',
  );
  expect(response.status).toBe(200);
  expect(response.body).toMatchObject({
    openapi: '3.1.0',
    paths: { '/{id}/retry': { post: { operationId: 'retryStore' } } },
  });
});
