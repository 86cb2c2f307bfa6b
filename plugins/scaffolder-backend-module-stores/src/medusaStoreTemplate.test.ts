import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entityEnvelopeSchemaValidator } from '@backstage/catalog-model';
import {
  type TemplateEntityV1beta3,
  templateEntityV1beta3Validator,
} from '@backstage/plugin-scaffolder-common';
import { parse } from 'yaml';
import { StandInStores } from './__testUtils__/StandInStores';
import { startScaffolder } from './__testUtils__/startScaffolder';

jest.setTimeout(60_000);

const template: TemplateEntityV1beta3 = parse(
  readFileSync(
    join(__dirname, '../../../templates/medusa-store/template.yaml'),
    'utf8',
  ),
);

interface Action {
  id: string;
  schema: {
    input: { properties: Record<string, unknown>; required?: string[] };
    output: { properties: Record<string, unknown> };
  };
}

/** What the form sends when a person changes nothing but what has no default. */
const values = {
  name: 'Toys & Games',
  owner: 'group:default/team-a',
  ...Object.fromEntries(
    [template.spec.parameters ?? []]
      .flat()
      .flatMap(page => Object.entries(page.properties ?? {}))
      .flatMap(([name, property]) =>
        property?.default === undefined ? [] : [[name, property.default]],
      ),
  ),
};

describe('the template medusa-store', () => {
  let stores: StandInStores;
  let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;

  beforeAll(async () => {
    stores = new StandInStores();
    scaffolder = await startScaffolder({ stores, template });
  });

  afterAll(() => scaffolder?.stop());

  beforeEach(() => {
    stores.life = id => stores.becomeReady(id);
    stores.stores.clear();
    stores.keys.clear();
    stores.calls.length = 0;
  });

  const dryRun = () =>
    scaffolder.post('/v2/dry-run', { template, values, directoryContents: [] });

  it('is a template that the catalog accepts', async () => {
    entityEnvelopeSchemaValidator()(template);
    expect(await templateEntityV1beta3Validator.check(template)).toBe(true);
  });

  it('uses actions that are there, with inputs and outputs that they have', async () => {
    const actions = await scaffolder.get<Action[]>('/v2/actions');
    for (const step of template.spec.steps) {
      const action = actions.find(({ id }) => id === step.action);
      const { input, output } = action!.schema;
      const given = Object.keys(step.input ?? {});
      expect(Object.keys(input.properties)).toEqual(
        expect.arrayContaining(given),
      );
      expect(given).toEqual(expect.arrayContaining(input.required ?? []));
      const used = JSON.stringify(template.spec.output).matchAll(
        new RegExp(`steps\\.${step.id}\\.output\\.(\\w+)`, 'g'),
      );
      expect(Object.keys(output.properties)).toEqual(
        expect.arrayContaining([...used].map(([, name]) => name)),
      );
    }
  });

  it('gives as many names as there are values to choose from', () => {
    const choices = JSON.stringify(template.spec.parameters).match(
      /"enum":\[[^\]]*\],"enumNames":\[[^\]]*\]/g,
    )!;
    expect(choices).toHaveLength(2);
    for (const choice of choices) {
      const { enum: given, enumNames } = JSON.parse(`{${choice}}`);
      expect(enumNames).toHaveLength(given.length);
      expect(given.every((each: unknown) => typeof each === 'string')).toBe(
        true,
      );
    }
  });

  it('passes a dry run, which makes nothing', async () => {
    const response = await dryRun();
    expect(response.body.errors).toBeUndefined();
    expect(JSON.stringify(response.body.log)).toContain('nothing was made');
    expect(stores.stores.size).toBe(0);
  });

  it('fails a dry run with a name that is taken', async () => {
    stores.add('toys-x7k2p', { name: values.name });
    const response = await dryRun();
    expect(response.status).toBe(400);
    expect(response.text).toContain("is taken by store 'toys-x7k2p'");
  });

  it('orders a store as the form says, and makes no second one when the task is run again', async () => {
    const { body } = await scaffolder.post('/v2/tasks', {
      templateRef: 'template:default/medusa-store',
      values,
    });
    const first = await scaffolder.ended(body.id);
    expect(first.status).toBe('completed');
    const log = first.events.map(event => event.body.message).join('\n');
    expect(log).toContain('The database answers');
    expect(log).toContain('Open for business');
    const storefront = 'http://toys-games-00000.localhost:8080';
    const output = first.events.at(-1)?.body.output;
    expect(output).toMatchObject({
      links: [
        { title: 'Storefront', url: storefront },
        { title: 'Admin', url: `${storefront}/app` },
        { url: 'http://localhost:7007/stores/toys-games-00000' },
        { entityRef: 'component:default/toys-games-00000' },
      ],
    });

    expect(stores.stores.get('toys-games-00000')).toMatchObject({
      name: 'Toys & Games',
      engine: 'medusa',
      plan: 'small',
      owner: 'group:default/team-a',
      parameters: {
        currency: 'eur',
        countries: ['de', 'fr', 'gb'],
        demoProducts: true,
      },
    });

    await scaffolder.post(`/v2/tasks/${body.id}/retry`, {});
    expect((await scaffolder.ended(body.id)).status).toBe('completed');
    expect([...stores.stores.keys()]).toEqual(['toys-games-00000']);
  });

  it('ends a task as failed with the reason and the remedy', async () => {
    stores.life = id =>
      stores.happen(id, 'failed', 'It failed', {
        state: 'FAILED',
        reason: 'Unschedulable',
      });
    const { body } = await scaffolder.post('/v2/tasks', {
      templateRef: 'template:default/medusa-store',
      values,
    });
    const { status, events } = await scaffolder.ended(body.id);
    expect(status).toBe('failed');
    const text = JSON.stringify(events);
    expect(text).toContain('No node of the cluster has room for the store.');
    expect(text).toContain('What to do: Free room by deleting stores');
  });

  it('lets a person cancel the task; the store goes on', async () => {
    stores.life = () => {};
    const waited = new Promise<void>(resolve => {
      stores.onWait = resolve;
    });
    const { body } = await scaffolder.post('/v2/tasks', {
      templateRef: 'template:default/medusa-store',
      values,
    });
    await waited;
    await scaffolder.post(`/v2/tasks/${body.id}/cancel`, {});
    const { status, events } = await scaffolder.ended(body.id);
    expect(['failed', 'cancelled']).toContain(status);
    expect(JSON.stringify(events)).toContain('goes on by itself');
    expect(stores.stateOf('toys-games-00000')).toBe('REQUESTED');
  });
});
