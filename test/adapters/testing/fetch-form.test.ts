import { describe, expect, test, vi } from 'vitest';
import { manualClock, PATH, seeded } from './support.js';

describe('server.fetch', () => {
  test.each([
    ['a path', PATH],
    ['a URL as text', `https://api.example.com${PATH}`],
    ['a URL', new URL(`https://api.example.com${PATH}?x=1#y`)],
    ['a Request', new Request(`https://api.example.com${PATH}`)],
  ])('takes %s', async (_, input) => {
    expect((await seeded().fetch(input)).status).toBe(200);
  });

  test('relative URLs stand on the given origin', async () => {
    const server = seeded({ origin: 'https://api.example.com/ignored' });
    expect([server.origin, (await server.fetch(PATH)).url]).toEqual([
      'https://api.example.com',
      `https://api.example.com${PATH}`,
    ]);
  });

  test('arguments after a Request win, as with fetch', async () => {
    const server = seeded();
    await server.fetch(new Request(`http://x.test${PATH}`), { method: 'DELETE' });
    expect(server.requests[0]?.method).toBe('DELETE');
  });

  test('can be taken off the server, as clients do', async () => {
    const { fetch: taken } = seeded();
    expect((await taken(PATH)).ok).toBe(true);
  });

  test.each([
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'PUT', 'PUT', '{}'],
  ])('follows %i of a %s with a %s, and takes no credentials to another origin', async (status, method, next, body) => {
    const server = seeded();
    const there = 'https://elsewhere.test/there';
    server.fault({ kind: 'status', status, headers: { Location: there }, on: { path: PATH } });
    const answer = await server.fetch(PATH, { method, body: '{}', headers: { Authorization: 'x', 'X-Own': 'y' } });
    expect([answer.redirected, answer.url]).toEqual([true, there]);
    const { headers, ...then } = server.requests[1] ?? {};
    expect(then).toMatchObject({ method: next, path: '/there', ...(body && { body }) });
    expect([headers?.authorization, headers?.['x-own']]).toEqual([undefined, 'y']);
  });

  test.each(['manual', 'error', 'follow'] as const)('a redirect in a circle, redirect: %s', async (redirect) => {
    const server = seeded();
    const times = Number.POSITIVE_INFINITY;
    server.fault({ kind: 'status', status: 302, headers: { Location: PATH }, times });
    const answer = server.fetch(PATH, { redirect });
    if (redirect === 'manual') expect((await answer).status).toBe(302);
    else await expect(answer).rejects.toThrow(TypeError);
    expect(server.requests).toHaveLength(redirect === 'follow' ? 21 : 1);
  });

  test('an aborted request never arrives, and rejects with the reason', async () => {
    const server = seeded();
    const reason = new Error('changed my mind');
    await expect(server.fetch(PATH, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.requests).toHaveLength(0);
  });

  test('an abort lets the caller go at once; the server goes on, as a real one would', async () => {
    const clock = manualClock();
    const server = seeded({ clock });
    server.fault({ kind: 'delay', ms: 1000 });
    const { signal, abort } = abortable();
    const put = server.fetch(PATH, { method: 'PUT', body: '{}', signal });
    await clock.advance(500);
    const reason = new Error('too slow');
    abort(reason);
    await expect(put).rejects.toBe(reason);
    await clock.advance(500);
    expect(server.history(PATH)).toHaveLength(2);
  });

  test('a request that was answered leaves no listener on its signal', async () => {
    const { signal } = abortable();
    const added = vi.spyOn(AbortSignal.prototype, 'addEventListener');
    const removed = vi.spyOn(AbortSignal.prototype, 'removeEventListener');
    const server = seeded();
    await server.fetch(PATH, { signal });
    await new Promise((resolve) => setImmediate(resolve));
    const ours = added.mock.calls.map(([, listener]) => listener);
    const gone = removed.mock.calls.map(([, listener]) => listener);
    vi.restoreAllMocks();
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter((listener) => gone.includes(listener)).length).toBeGreaterThan(0);
  });

  test('what is no URL is a TypeError, as with fetch', async () => {
    await expect(seeded().fetch('not a url')).rejects.toThrow(TypeError);
  });

  test('two requests at once are handled one after the other', async () => {
    const server = seeded();
    const put = (): Promise<Response> =>
      server.fetch(PATH, { method: 'PUT', body: '{}', headers: { 'If-Match': '"1"' } });
    const answers = await Promise.all([put(), put(), put()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });
});

function abortable(): { signal: AbortSignal; abort: (reason: unknown) => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
}
