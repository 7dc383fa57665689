import { describe, expect, test } from 'vitest';
import { PATH, seeded, sender } from './support.js';

const KEY = { 'Idempotency-Key': 'k1' };

describe('idempotency keys', () => {
  test('a repeated write is answered again and not done again', async () => {
    const server = seeded({ idempotencyKeys: true });
    const send = await sender(server);
    server.fault({ kind: 'lose-answer' });
    await expect(send('POST', KEY, { a: 1 }, '/articles')).rejects.toThrow();
    const again = await send('POST', KEY, { a: 1 }, '/articles');
    expect([again.status, again.headers.get('location'), await again.json()]).toEqual([201, '/articles/2', { a: 1 }]);
    expect(server.requests.map(({ outcome, version }) => [outcome, version])).toEqual([
      ['created', '"1"'],
      ['repeated', undefined],
    ]);
    expect(server.get('/articles/3')).toBeUndefined();
  });

  test('a key that comes with other bytes is 422', async () => {
    const server = seeded({ idempotencyKeys: true });
    const send = await sender(server);
    await send('PUT', KEY, { a: 1 });
    expect((await send('PUT', KEY, { a: 2 })).status).toBe(422);
    expect((await send('PUT', { 'Idempotency-Key': 'k2' }, { a: 2 })).status).toBe(200);
  });

  test('a refused write may be sent again under its key', async () => {
    const server = seeded({ idempotencyKeys: true });
    const send = await sender(server);
    server.lock(PATH);
    expect((await send('PUT', KEY, {})).status).toBe(423);
    server.unlock(PATH);
    expect((await send('PUT', KEY, {})).status).toBe(200);
  });

  test('they mean nothing unless asked for', async () => {
    const server = seeded();
    const send = await sender(server);
    await send('PUT', KEY, {});
    await send('PUT', KEY, {});
    expect(server.history(PATH)).toHaveLength(3);
  });
});
