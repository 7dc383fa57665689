import { describe, expect, test } from 'vitest';
import { anySignal } from '../../src/engine/clock.js';
import type { Article } from './support.js';
import { outcomeOf, PATH, scene, soon } from './support.js';

const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};
const ENOUGH = new Error('enough');

test('one signal is taken as it is, and none is none', () => {
  const { signal } = new AbortController();
  expect(anySignal(undefined, signal, null, signal)).toBe(signal);
  expect(anySignal(undefined, null)).toBeUndefined();
});

test('several abort with the first, and with its reason', () => {
  const [one, two] = [new AbortController(), new AbortController()];
  const any = anySignal(one.signal, two.signal);
  two.abort(ENOUGH);
  one.abort(new Error('later'));
  expect(any?.reason).toBe(ENOUGH);
});

describe("a client's own signal ends at once, with its reason", () => {
  test.each([
    ['a wait for a lock', 'wait'],
    ['an open resolver', 'resolve'],
  ])('%s', async (_title, what) => {
    const controller = new AbortController();
    const stop = (): void => controller.abort(ENOUGH);
    const on = scene(
      {},
      {
        signal: controller.signal,
        defaults: {
          retry: { minDelay: 0, maxDelay: 1 },
          resolve: () => {
            setTimeout(stop);
            return new Promise(() => {});
          },
        },
      },
    );
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    if (what === 'wait') on.server.lock(PATH, { retryAfter: 20 });
    else
      on.server.edit(PATH, (draft) => {
        draft.title = 'Theirs';
      });
    on.client.on('wait', ({ reason }) => {
      if (reason !== 'backoff') setTimeout(stop);
    });
    expect(await soon(outcomeOf(handle.edit(retitle)))).toBe(ENOUGH);
  });

  test('next to a signal of the call', async () => {
    const controller = new AbortController();
    const on = scene({}, { signal: controller.signal });
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.lock(PATH, { retryAfter: 20 });
    on.client.on('wait', () => void setTimeout(() => controller.abort(ENOUGH)));
    expect(await soon(outcomeOf(handle.edit(retitle, { signal: new AbortController().signal })))).toBe(ENOUGH);
  });
});

test("a Request's signal ends a plain write at once, with its reason", async () => {
  const on = scene({}, { prefix: '' });
  const url = on.server.origin + PATH;
  const article = await on.client.get<Article>(url).json();
  on.server.lock(PATH, { retryAfter: 20 });
  const controller = new AbortController();
  on.client.on('wait', () => void setTimeout(() => controller.abort(ENOUGH)));
  const request = new Request(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...article, title: 'Mine' }),
    signal: controller.signal,
  });
  expect(await soon(outcomeOf(on.client(request)))).toBe(ENOUGH);
});
