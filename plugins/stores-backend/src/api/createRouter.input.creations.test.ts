import request from 'supertest';
import { useRefusingApi } from '../__testUtils__/refusingApi';
import { createStore, startTestApi, toys } from '../__testUtils__/testApi';

jest.setTimeout(60_000);

const { server } = useRefusingApi();

describe('POST /api/stores', () => {
  it.each<[string, unknown, string]>([
    ['no fields', {}, 'name: is required; engine: is required'],
    ['a list', [], 'body: must be an object'],
    ['no name', { engine: 'medusa' }, 'name: is required'],
    ['no engine', { name: 'Toys' }, 'engine: is required'],
    ['a name that is a number', { ...toys, name: 7 }, 'name: must be a text'],
    ['a name that is null', { ...toys, name: null }, 'name: must be a text'],
    ['a name that is a list', { ...toys, name: ['a'] }, 'name: must be a text'],
    [
      'a name that is an object',
      { ...toys, name: { $ne: '' } },
      'name: must be a text',
    ],
    ['an empty name', { ...toys, name: '' }, 'name: must not be empty'],
    ['a blank name', { ...toys, name: '   ' }, 'name: must not be empty'],
    [
      'a name of blanks of other kinds',
      { ...toys, name: '\u00a0\u2003' },
      'name: must not be empty',
    ],
    [
      'a name without a slug',
      { ...toys, name: '日本' },
      'name: must contain a latin letter or a digit',
    ],
    [
      'a name of an emoji',
      { ...toys, name: '🛍️' },
      'name: must contain a latin letter or a digit',
    ],
    [
      'a name of punctuation',
      { ...toys, name: '$(){}`;' },
      'name: must contain a latin letter or a digit',
    ],
    [
      'a long name',
      { ...toys, name: 'x'.repeat(61) },
      'name: must not be longer than 60 characters',
    ],
    [
      'a very long name',
      { ...toys, name: 'x'.repeat(50_000) },
      'name: must not be longer than 60 characters',
    ],
    [
      'a name with a NUL',
      { ...toys, name: 'a\0b' },
      'name: must not contain control characters',
    ],
    [
      'a name with a line break',
      { ...toys, name: 'a\nkind: Secret' },
      'name: must not contain control characters',
    ],
    [
      'a name with an escape sequence',
      { ...toys, name: 'a\u001b[31m' },
      'name: must not contain control characters',
    ],
    [
      'a name with half a character',
      { ...toys, name: 'a\ud83d' },
      'name: has half of a surrogate pair',
    ],
    [
      'a name that turns the direction of writing around',
      { ...toys, name: 'a\u202eb' },
      'name: must not contain control characters',
    ],
    [
      'a name whose slug has no room in the database',
      { ...toys, name: '㎯'.repeat(60) },
      'name: must not be longer than 120 characters in latin letters',
    ],
    [
      'an unknown engine',
      { ...toys, engine: 'magento' },
      "engine: unknown engine 'magento', expected one of 'medusa'",
    ],
    ['an empty engine', { ...toys, engine: '' }, 'engine: must not be empty'],
    [
      'an engine that is a boolean',
      { ...toys, engine: true },
      'engine: must be a text',
    ],
    [
      'an engine with a path',
      { ...toys, engine: '../../etc/passwd' },
      "engine: unknown engine '../../etc/passwd'",
    ],
    [
      'an engine called __proto__',
      { ...toys, engine: '__proto__' },
      "engine: unknown engine '__proto__'",
    ],
    [
      'an engine called constructor',
      { ...toys, engine: 'constructor' },
      "engine: unknown engine 'constructor'",
    ],
    [
      'an unknown plan',
      { ...toys, plan: 'huge' },
      "plan: unknown plan 'huge', expected one of 'small', 'large'",
    ],
    [
      'a plan called toString',
      { ...toys, plan: 'toString' },
      "plan: unknown plan 'toString'",
    ],
    [
      'a plan that is a list',
      { ...toys, plan: ['small'] },
      'plan: must be a text',
    ],
    ['a plan that is null', { ...toys, plan: null }, 'plan: must be a text'],
    [
      'an unknown plan and an unknown parameter at once',
      { ...toys, plan: 'huge', parameters: { colour: 'red' } },
      "plan: unknown plan 'huge'",
    ],
    [
      'an owner that is no ref',
      { ...toys, owner: 'me' },
      'owner: must be the ref of a user or group',
    ],
    [
      'an owner of another kind',
      { ...toys, owner: 'component:default/a' },
      'owner: must be the ref of a user or group',
    ],
    [
      'an owner without a namespace',
      { ...toys, owner: 'group:a' },
      'owner: must be the ref of a user or group',
    ],
    [
      'an owner with SQL',
      { ...toys, owner: "group:default/a'; DROP TABLE stores; --" },
      'owner: must be the ref of a user or group',
    ],
    [
      'an owner with a line break',
      { ...toys, owner: 'group:default/a\nb' },
      'owner: must be the ref of a user or group',
    ],
    [
      'a very long owner',
      { ...toys, owner: `group:default/${'a'.repeat(300)}` },
      'owner: must not be longer than 200 characters',
    ],
    [
      'protected as a text',
      { ...toys, protected: 'yes' },
      'protected: must be true or false',
    ],
    [
      'protected as a number',
      { ...toys, protected: 1 },
      'protected: must be true or false',
    ],
    ['an unknown field', { ...toys, size: 'small' }, 'size: unknown field'],
    [
      'several unknown fields',
      { ...toys, a: 1, b: 2 },
      'a: unknown field; b: unknown field',
    ],
    [
      'a field of the answer',
      { ...toys, state: 'READY' },
      'state: unknown field',
    ],
    [
      'a field of the database',
      { ...toys, lease_epoch: 7 },
      'lease_epoch: unknown field',
    ],
    [
      'several wrong fields',
      { name: '', engine: 7, size: 1 },
      'size: unknown field; name: must not be empty; engine: must be a text',
    ],
    [
      'parameters that are a list',
      { ...toys, parameters: [] },
      'parameters: must be an object',
    ],
    [
      'parameters that are a text',
      { ...toys, parameters: 'currency=eur' },
      'parameters: must be an object',
    ],
    [
      'an unknown parameter',
      { ...toys, parameters: { colour: 'red' } },
      'parameters.colour: unknown field',
    ],
    [
      'a parameter of the chart',
      { ...toys, parameters: { 'image.repository': 'evil.example/x' } },
      'parameters.image.repository: unknown field',
    ],
    [
      'a wrong currency',
      { ...toys, parameters: { currency: 'euro' } },
      'parameters.currency',
    ],
    [
      'a country of three letters',
      { ...toys, parameters: { countries: ['deu'] } },
      'parameters.countries.0',
    ],
    [
      'no countries',
      { ...toys, parameters: { countries: [] } },
      'parameters.countries',
    ],
    [
      'a country twice',
      { ...toys, parameters: { countries: ['de', 'de'] } },
      'parameters.countries',
    ],
    [
      'an image with a registry',
      { ...toys, parameters: { imageVersion: 'evil.example/x:1' } },
      'parameters.imageVersion',
    ],
    [
      'an image with a command',
      { ...toys, parameters: { imageVersion: '1 --privileged' } },
      'parameters.imageVersion',
    ],
    [
      'an e-mail that is none',
      { ...toys, parameters: { adminEmail: 'nobody' } },
      'parameters.adminEmail',
    ],
    [
      'a title that is too long',
      { ...toys, parameters: { title: 'x'.repeat(81) } },
      'parameters.title',
    ],
    [
      'a title with a NUL',
      { ...toys, parameters: { title: 'a\0b' } },
      'parameters.title: expected no control characters or broken ones',
    ],
    [
      'a title with half a character',
      { ...toys, parameters: { title: 'a\ud83d' } },
      'parameters.title: has half of a surrogate pair',
    ],
    [
      'a title that is a template',
      { ...toys, parameters: { title: ['{{ .Values.secrets }}'] } },
      'parameters.title',
    ],
  ])('answers 400 naming the field to %s', async (_, body, message) => {
    const response = await request(server())
      .post('/api/stores')
      .send(body as object);
    expect(response.body.error.message).toContain(message);
    expect(response.status).toBe(400);
    expect(response.body.error.name).toBe('InputError');
  });

  it('names all that is wrong at once, also what the engine says', async () => {
    const response = await request(server())
      .post('/api/stores')
      .send({ ...toys, plan: 'huge', parameters: { colour: 'red' } });
    expect(response.body.error.message).toBe(
      "plan: unknown plan 'huge', expected one of 'small', 'large'; parameters.colour: unknown field",
    );
  });

  it.each(['with space', 'x'.repeat(201), 'umläut', ''])(
    "refuses the Idempotency-Key '%s'",
    async key => {
      const response = await request(server())
        .post('/api/stores')
        .set('Idempotency-Key', key)
        .send(toys);
      expect(response.body.error.message).toBe(
        'header Idempotency-Key: must be 1 to 200 printable characters',
      );
      expect(response.status).toBe(400);
    },
  );
});

it('keeps what is right, so that the table can fail', async () => {
  const api2 = await startTestApi();
  const store = await createStore(api2, { name: ' Straße "7" <b>; DROP--' });
  expect(store.name).toBe('Straße "7" <b>; DROP--');
  expect(store.id).toMatch(/^strasse-7-b-drop-[a-z0-9]{5}$/);
  await api2.backend.stop();
});
