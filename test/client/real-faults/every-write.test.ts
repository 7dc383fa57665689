import { counter } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { hasty, realScene } from '../real-http.js';
import { type Article, DRAFT, outcomeOf, PATH, soon } from '../support.js';
import { startFront } from './front.js';
import { COMMITTED, NOT_COMMITTED } from './mishaps.js';

const RETRY = { attempts: 4, minDelay: 0, maxDelay: 2, deadline: 4_000 };

async function behindFront(timesOut: boolean | undefined) {
  const on = await realScene();
  const front = await startFront(on.url);
  const client = on.another({
    ...hasty(front.url, { defaults: { retry: RETRY } }),
    ...(timesOut ? { timeout: 100 } : {}),
  });
  return { on, front, client };
}

describe.each(COMMITTED)('$name, after every commit:', ({ mishap, timesOut }) => {
  test('five edits one after the other land once each', async () => {
    const { on, front, client } = await behindFront(timesOut);
    const handle = client.resource<Article>(PATH);
    await handle.get();
    front.meet(mishap, 'every write');
    for (const tag of ['1', '2', '3', '4', '5']) await soon(handle.edit((draft) => void draft.tags.push(tag)));
    expect(on.now()).toEqual({ ...DRAFT, tags: ['a', 'b', '1', '2', '3', '4', '5'] });
    expect(on.landed()).toBe(5);
    expect(front.arrived.length).toBeLessThanOrEqual(1 + 2 * 5);
  });
});

describe.each(NOT_COMMITTED)('$name every time, and nothing is ever committed:', ({ mishap, timesOut }) => {
  test('an edit ends in bounded requests, saying no more than it knows', async () => {
    const { on, front, client } = await behindFront(timesOut);
    await client.resource(PATH).get();
    front.meet(mishap, 'every write');
    const error = await soon(
      outcomeOf(client.resource<Article>(PATH).edit((draft) => void draft.tags.push('mine'))),
      8_000,
    );
    const kept = { edit: { local: { ...DRAFT, tags: ['a', 'b', 'mine'] } }, attempts: 4 };
    expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_(IN_DOUBT|RETRY_LIMIT|FAILED)$/), ...kept });
    expect(on.now()).toEqual(DRAFT);
    expect(front.arrived.filter((method) => method === 'PATCH')).toHaveLength(4);
    // The first read, each write with a look after it, and the last look before it is given up.
    expect(front.arrived.length).toBeLessThanOrEqual(1 + 2 * 4 + 1);
  });
});

describe.each([...COMMITTED, ...NOT_COMMITTED])(
  '$name, for every request from now on:',
  ({ mishap, timesOut, told }) => {
    test('an edit ends in bounded requests, and lands once at most', async () => {
      const { on, front, client } = await behindFront(timesOut);
      await client.resource(PATH).get();
      front.meet(mishap, 'always');
      const edit = client.resource<Article>(PATH).edit((draft) => void draft.tags.push('mine'));
      const outcome = await soon(outcomeOf(edit), 8_000);
      if (told) expect(outcome).toMatchObject({ attempts: 1, version: '"2"' });
      else {
        expect(outcome).toMatchObject({
          code: expect.stringMatching(/^ERR_(IN_DOUBT|RETRY_LIMIT|FAILED)$/),
          edit: { local: { tags: ['a', 'b', 'mine'] } },
        });
      }
      expect(on.landed()).toBeLessThanOrEqual(1);
      expect(front.arrived.length).toBeLessThanOrEqual(1 + 2 * 4);
    });

    test('a read ends, and so does closing', async () => {
      const { front, client } = await behindFront(timesOut);
      front.meet(mishap, 'always');
      const outcome = await soon(outcomeOf(client.resource(PATH).get()));
      expect(outcome).toBeInstanceOf(Error);
      expect(front.arrived).toEqual(['GET']);
      await soon(client.close());
    });
  },
);

describe('a counter', () => {
  test.each(COMMITTED)('$name: is counted once, or said to be in doubt', async ({ mishap, timesOut, told }) => {
    const { on, front, client } = await behindFront(timesOut);
    on.server.seed(PATH, { ...DRAFT, views: 5 });
    const handle = client.resource<Article>(PATH, { merge: { '/views': counter() } });
    await handle.get();
    front.meet(mishap);
    const outcome = await soon(
      outcomeOf(
        handle.edit((draft) => {
          draft.views = (draft.views ?? 0) + 1;
        }),
      ),
      5_000,
    );
    if (told) expect(outcome).toMatchObject({ attempts: 1, value: { views: 6 } });
    else expect(outcome).toMatchObject({ code: 'ERR_IN_DOUBT', local: { views: 6 } });
    expect(on.now()).toMatchObject({ views: 6 });
    expect(on.landed()).toBe(1);
  });

  test.each(NOT_COMMITTED)('$name: is counted once', async ({ mishap, timesOut }) => {
    const { on, front, client } = await behindFront(timesOut);
    on.server.seed(PATH, { ...DRAFT, views: 5 });
    const handle = client.resource<Article>(PATH, { merge: { '/views': counter() } });
    await handle.get();
    front.meet(mishap);
    await soon(
      handle.edit((draft) => {
        draft.views = (draft.views ?? 0) + 1;
      }),
      5_000,
    );
    expect(on.now()).toMatchObject({ views: 6 });
    expect(on.landed()).toBe(1);
  });
});
