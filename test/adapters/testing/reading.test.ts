import { describe, expect, test } from 'vitest';
import { FORMS, PATH, seeded, sender } from './support.js';

describe.each(FORMS)('reading, over %s', (form) => {
  test('HEAD gives the headers of GET and no body', async () => {
    const send = await sender(seeded(), form);
    const answer = await send('HEAD');
    expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([200, '"1"', '']);
  });

  test('an unchanged document is 304, with its tag and no body', async () => {
    const send = await sender(seeded(), form);
    const answer = await send('GET', { 'If-None-Match': '"1"' });
    expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([304, '"1"', '']);
  });

  test('what was never there is 404, even with If-Match', async () => {
    const server = seeded();
    const send = await sender(server, form);
    const answer = await send('GET', { 'If-Match': '"1"' }, undefined, '/articles/2');
    expect([answer.status, server.requests[0]?.outcome]).toEqual([404, 'missing']);
    expect(await answer.json()).toMatchObject({
      title: 'Not Found',
      status: 404,
      detail: 'There is no document at /articles/2.',
    });
  });

  test.each([
    ['"0"', 412, 'stale'],
    ['1', 400, 'invalid'],
  ])('If-Match: %s on a read is %i', async (tag, status, outcome) => {
    const server = seeded();
    const send = await sender(server, form);
    expect([(await send('GET', { 'If-Match': tag })).status, server.requests[0]?.outcome]).toEqual([status, outcome]);
  });

  test.each([404, 410] as const)('what was deleted can be %i', async (deletedStatus) => {
    const server = seeded({ deletedStatus });
    server.remove(PATH);
    const send = await sender(server, form);
    expect((await send('GET')).status).toBe(deletedStatus);
  });

  test('OPTIONS says what is taken', async () => {
    const send = await sender(seeded(), form);
    const answer = await send('OPTIONS');
    expect([answer.status, answer.headers.get('allow'), answer.headers.get('accept-patch')]).toEqual([
      204,
      'GET, HEAD, PUT, PATCH, DELETE, OPTIONS',
      'application/json-patch+json, application/merge-patch+json',
    ]);
  });

  test('an unknown method is 405 and names the known ones', async () => {
    const send = await sender(seeded({ patches: [] }), form);
    const answers = [await send('PROPFIND'), await send('PATCH', {}, {}), await send('POST', {}, {})];
    expect(answers.map(({ status }) => status)).toEqual([405, 405, 405]);
    expect(answers[0]?.headers.get('allow')).toBe('GET, HEAD, PUT, DELETE, OPTIONS');
  });

  test('digits survive where the version is not in the body', async () => {
    const send = await sender(seeded(), form);
    await send('PUT', {}, '{"id":12345678901234567890}');
    expect(await (await send('GET')).text()).toBe('{"id":12345678901234567890}');
  });
});
