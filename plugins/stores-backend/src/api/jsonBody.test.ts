import type { ErrorRequestHandler } from 'express';
import express from 'express';
import request from 'supertest';
import { jsonBody } from './jsonBody';

const maximumBodyBytes = 64 * 1024;

const asAnswer: ErrorRequestHandler = (error, _request, response, _next) => {
  const { name, statusCode, message } = error;
  response.status(500).json({ name, statusCode, message });
};

const app = express();
app.use(jsonBody());
app.post('/', (incoming, response) => {
  response.json({ body: incoming.body });
});
app.use(asAnswer);

const post = (body?: string, headers: Record<string, string> = {}) =>
  request(app)
    .post('/')
    .set({ 'Content-Type': 'application/json', ...headers })
    .send(body);

describe('jsonBody', () => {
  it('reads JSON, whatever else its type says', async () => {
    for (const type of [
      'application/json',
      'application/json; charset=utf-8',
    ]) {
      const { body } = await post('{"a":[1]}', { 'Content-Type': type });
      expect(body).toEqual({ body: { a: [1] } });
    }
  });

  it('needs no type where there is no body', async () => {
    const { status, body } = await request(app).post('/');
    expect({ status, body }).toEqual({ status: 200, body: { body: {} } });
  });

  it('refuses what says that it is something else', async () => {
    const { body } = await post('{}', { 'Content-Type': 'text/plain' });
    expect(body).toEqual({
      name: 'UnsupportedMediaTypeError',
      statusCode: 415,
      message: "Content-Type is 'text/plain', expected 'application/json'",
    });
  });

  it('refuses a body of which neither type nor length is said', async () => {
    const streamed = request(app).post('/');
    streamed.write('{}');
    expect((await streamed).body).toMatchObject({
      statusCode: 415,
      message: "Content-Type is '', expected 'application/json'",
    });
  });

  it('refuses a character set that it can not read', async () => {
    const { body } = await post('{}', {
      'Content-Type': 'application/json; charset=x-mine',
    });
    expect(body).toEqual({
      name: 'UnsupportedMediaTypeError',
      statusCode: 415,
      message: 'body: unsupported charset "X-MINE"',
    });
  });

  it('refuses what is no JSON, in the words of the parser', async () => {
    const { body } = await post('{"a"');
    expect(body).toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(/^body: can't be read as JSON: .+/),
    });
  });

  it('refuses what is too large', async () => {
    const largest = JSON.stringify({ a: 'x'.repeat(maximumBodyBytes - 8) });
    expect(Buffer.byteLength(largest)).toBe(maximumBodyBytes);
    expect((await post(largest)).status).toBe(200);
    expect((await post(`${largest} `)).body).toEqual({
      name: 'PayloadTooLargeError',
      statusCode: 413,
      message: 'body: must not be larger than 65536 bytes',
    });
  });

  it('refuses halves of characters, and names where they are', async () => {
    const { body } = await post('{"a":[{"b":"x"},{"b":"\\ud800"}]}');
    expect(body).toMatchObject({
      name: 'InputError',
      message: 'a.1.b: has half of a surrogate pair',
    });
    expect((await post('{"a":"\\ud83d\\ude00"}')).status).toBe(200);
  });

  it('names no more than the beginning and the end of a deep way', async () => {
    const depth = 200;
    const deep = `${'{"a":'.repeat(depth)}{"b":"\\ud800"}${'}'.repeat(depth)}`;
    const { body } = await post(deep);
    expect(body.message).toBe(
      'a.a.a.a.a.a.a.a.a.b: has half of a surrogate pair',
    );
  });
});
