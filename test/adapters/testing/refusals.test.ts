import { describe, expect, test } from 'vitest';
import { ARTICLE, PATH, seeded, sender } from './support.js';

describe('a business rule', () => {
  test('refuses in its own words and never moves the version', async () => {
    const server = seeded();
    const seen: unknown[] = [];
    server.refuse(/^\/articles\//, (next, current, path) => {
      seen.push([next, current, path]);
      return { code: 'title-taken', detail: 'There is an article of that title already.', other: '/articles/7' };
    });
    const send = await sender(server);
    const answer = await send('PUT', { 'If-Match': '"1"' }, { title: 'x' });
    expect([answer.status, await answer.json()]).toEqual([
      409,
      {
        title: 'Conflict',
        status: 409,
        detail: 'There is an article of that title already.',
        code: 'title-taken',
        other: '/articles/7',
      },
    ]);
    await send('DELETE');
    expect(seen).toEqual([
      [{ title: 'x' }, ARTICLE, PATH],
      [undefined, ARTICLE, PATH],
    ]);
    expect([server.get(PATH)?.version, server.requests[0]?.outcome]).toEqual(['"1"', 'refused']);
  });

  test('chooses its status, lets pass what it does not mind, and can be taken away', async () => {
    const server = seeded();
    const away = server.refuse(PATH, (next: unknown) => (next === 'bad' ? { status: 422 } : undefined));
    const send = await sender(server);
    const status = async (value: unknown): Promise<number> => (await send('PUT', {}, value)).status;
    expect([await status('"bad"'), await status('"good"')]).toEqual([422, 200]);
    away();
    expect(await status('"bad"')).toBe(200);
  });

  test('comes after the version: a stale write is told that it is stale', async () => {
    const server = seeded();
    server.refuse(PATH, () => ({}));
    const send = await sender(server);
    expect((await send('PUT', { 'If-Match': '"0"' }, {})).status).toBe(412);
  });

  test('one that throws is told as a crash and not as a refusal', async () => {
    const server = seeded();
    server.refuse(PATH, () => {
      throw new Error('oops');
    });
    const send = await sender(server);
    expect((await send('PUT', {}, {})).status).toBe(500);
    expect(server.requests[0]?.outcome).toBe('crashed');
  });

  test('binds requests only: the test itself may do what it likes', () => {
    const server = seeded();
    server.refuse(PATH, () => ({}));
    expect(server.edit(PATH, () => ({})).version).toBe('"2"');
  });
});
