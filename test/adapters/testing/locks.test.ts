import { describe, expect, test } from 'vitest';
import type { LockOptions } from '../../../src/testing/index.js';
import { FORMS, manualClock, PATH, seeded, sender } from './support.js';

describe.each(FORMS)('locks, over %s', (form) => {
  test.each<[options: LockOptions, status: number, retryAfter: string | null, body: object]>([
    [{}, 423, null, { code: 'resourceLocked', detail: `${PATH} is locked; it has not changed.` }],
    [{ holder: 'Ada' }, 423, null, { holder: 'Ada', detail: `${PATH} is locked by Ada; it has not changed.` }],
    [{ status: 409 }, 409, null, { title: 'Conflict' }],
    [{ status: 412, problem: { code: 'LeaseIdMissing' } }, 412, null, { code: 'LeaseIdMissing' }],
    [{ retryAfter: 7 }, 423, '7', {}],
    [{ retryAfter: new Date(Date.UTC(2026, 0, 1)) }, 423, 'Thu, 01 Jan 2026 00:00:00 GMT', {}],
    [{ for: 1500 }, 423, '2', {}],
    [{ for: 1500, retryAfter: false }, 423, null, {}],
  ])('%j', async (options, status, retryAfter, body) => {
    const server = seeded({ clock: manualClock() });
    server.lock(PATH, options);
    const send = await sender(server, form);
    const answer = await send('PUT', { 'If-Match': '"0"' }, {});
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(await answer.json()).toMatchObject(body);
    expect(server.requests[0]?.outcome).toBe('locked');
  });
});

describe('a lock', () => {
  test('stops every write and no read, and changes nothing', async () => {
    const server = seeded();
    server.lock(PATH);
    const send = await sender(server);
    const statuses: number[] = [];
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']) {
      statuses.push(
        (
          await send(
            method,
            {},
            method.length > 4 || method === 'PUT' ? (method === 'DELETE' ? undefined : {}) : undefined,
          )
        ).status,
      );
    }
    expect(statuses).toEqual([200, 200, 423, 423, 423]);
    expect(server.history(PATH)).toHaveLength(1);
  });

  test('ends when it is released, or when its time is over', async () => {
    const clock = manualClock();
    const server = seeded({ clock });
    const send = await sender(server);
    server.lock(PATH);
    expect([server.unlock(PATH), server.unlock(PATH)]).toEqual([true, false]);
    expect((await send('PUT', {}, {})).status).toBe(200);
    server.lock(PATH, { for: 100 });
    await clock.advance(99);
    expect((await send('PUT', {}, {})).status).toBe(423);
    await clock.advance(1);
    expect((await send('PUT', {}, {})).status).toBe(200);
  });
});
