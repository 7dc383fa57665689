import { describe, expect, test } from 'vitest';
import { FORMS, PATH, seeded, sender } from './support.js';

const DEEP = `${'[['.repeat(50_000)}${']]'.repeat(50_000)}`;
const DEEP_OBJECT = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
const JSON_PATCH = { 'Content-Type': 'application/json-patch+json' };

describe.each(FORMS)('hostile bodies, over %s', (form) => {
  test('a body over the limit is 413, and the next request is served', async () => {
    const server = seeded({ maxBody: 1_000 });
    const send = await sender(server, form);
    const answer = await send('PUT', {}, `"${'x'.repeat(999)}"`);
    expect([answer.status, server.requests[0]?.outcome]).toEqual([413, 'invalid']);
    expect((await send('PUT', {}, `"${'x'.repeat(998)}"`)).status).toBe(200);
  });

  test('the limit counts bytes and not characters', async () => {
    const send = await sender(seeded({ maxBody: 10 }), form);
    expect((await send('PUT', {}, '"éééé"')).status).toBe(200);
    expect((await send('PUT', {}, '"ééééé"')).status).toBe(413);
  });

  test('bytes that are not UTF-8 are 400', async () => {
    const server = seeded();
    const url = form === 'port' ? (await server.listen()).url : '';
    const put = {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    };
    expect((await (form === 'port' ? fetch : server.fetch)(url + PATH, put)).status).toBe(400);
  });

  test.each<[title: string, method: string, headers: Record<string, string>, body: string, expected: number]>([
    ['a deep document', 'PUT', {}, DEEP, 200],
    ['a deep merge patch', 'PATCH', {}, DEEP_OBJECT, 200],
    ['a deep value in a JSON Patch', 'PATCH', JSON_PATCH, `[{"op":"add","path":"/x","value":${DEEP_OBJECT}}]`, 422],
    ['a deep pointer', 'PATCH', JSON_PATCH, JSON.stringify([{ op: 'add', path: '/a'.repeat(50_000), value: 1 }]), 422],
    ['a number too large', 'PUT', {}, '1e999', 200],
    ['a lone surrogate', 'PUT', {}, '"\\ud800"', 200],
  ])('%s is answered, and the server goes on', async (_, method, headers, body, expected) => {
    const server = seeded();
    const send = await sender(server, form);
    const { status } = await send(method, headers, body);
    expect(status).toBe(expected);
    expect((await send('GET')).status).toBe(200);
  });

  test('a deep document takes a version, too', async () => {
    const server = seeded({ version: { field: '/version' } });
    const send = await sender(server, form);
    expect((await send('PUT', {}, DEEP_OBJECT)).status).toBe(200);
    expect((await send('PATCH', {}, '{"b":[1,"x",null,{"é":{}}]}')).status).toBe(200);
    expect(await (await send('GET')).text()).toBe(`${DEEP_OBJECT.slice(0, -1)},"b":[1,"x",null,{"é":{}}],"version":3}`);
  });
});
