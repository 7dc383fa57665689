import type { Client } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { hasty, realScene } from '../real-http.js';
import { type Article, DRAFT, outcomeOf, PATH, soon } from '../support.js';
import { type Front, startFront } from './front.js';
import { COMMITTED, type FaultRow, heldUp, NOT_COMMITTED, twice } from './mishaps.js';

const NEW = '/articles/new';
/** ms. Long enough for a busy machine to answer what is answered at all. */
const TIMEOUT = 300;

/** The server, a gateway before it in which things go wrong, and a client that sees only the gateway. */
async function behindFront({ timesOut }: Pick<FaultRow, 'timesOut'> = {}) {
  const on = await realScene();
  const front = await startFront(on.url);
  const client = on.another({ ...hasty(front.url), ...(timesOut ? { timeout: TIMEOUT } : {}) });
  return { on, front, client };
}

/** Somebody else writes as soon as the write that goes wrong has come through. */
function meanwhile(front: Front, row: FaultRow, run: () => void): void {
  front.meet(async (passage) => {
    await row.mishap(passage);
    run();
  });
}

const append = (client: Client) =>
  client.resource<Article>(PATH).edit((draft) => {
    draft.tags.push('mine');
  });

describe.each(COMMITTED)('$name, after the commit:', (row) => {
  test('an edit is recognised, and lands once', async () => {
    const { on, front, client } = await behindFront(row);
    await client.resource(PATH).get();
    front.meet(row.mishap);
    const result = await soon(append(client), 5_000);
    expect(result).toMatchObject({ attempts: 1, value: { tags: ['a', 'b', 'mine'] }, version: '"2"' });
    expect(on.now()).toEqual({ ...DRAFT, tags: ['a', 'b', 'mine'] });
    expect(on.landed()).toBe(1);
    expect(front.arrived).toEqual(row.told ? ['GET', 'PATCH'] : ['GET', 'PATCH', 'GET']);
  });

  test('an edit that others have edited on top of is recognised, and lands once', async () => {
    const { on, front, client } = await behindFront(row);
    await client.resource(PATH).get();
    meanwhile(front, row, () => {
      on.server.edit<Article>(PATH, (draft) => {
        draft.tags.unshift('theirs');
        draft.body = 'Theirs';
      });
    });
    const result = await soon(append(client), 5_000);
    expect(result.attempts).toBe(1);
    expect(on.now()).toEqual({ title: 'Draft', body: 'Theirs', tags: ['theirs', 'a', 'b', 'mine'] });
    expect(on.landed()).toBe(1);
    expect(front.arrived).toEqual(row.told ? ['GET', 'PATCH'] : ['GET', 'PATCH', 'GET']);
  });

  test('a create is recognised, and made once', async () => {
    const { on, front, client } = await behindFront(row);
    front.meet(row.mishap);
    const result = await soon(client.resource<Article>(NEW).create(DRAFT), 5_000);
    expect(result).toMatchObject({ value: DRAFT, version: '"1"' });
    expect(on.server.history(NEW)).toHaveLength(1);
    expect(front.arrived).toEqual(row.told ? ['PUT'] : ['PUT', 'GET']);
  });

  test('a plain PUT is recognised, and lands once', async () => {
    const { on, front, client } = await behindFront(row);
    const base = await client.get<Article>(PATH).json();
    front.meet(row.mishap);
    const value = { ...base, title: 'Mine' };
    await expect(soon(client.put(PATH, { json: value, base }).json(), 5_000)).resolves.toEqual(value);
    expect(on.now()).toEqual(value);
    expect(on.landed()).toBe(1);
    expect(front.arrived).toEqual(row.told ? ['GET', 'PUT'] : ['GET', 'PUT', 'GET']);
  });

  test('a delete has deleted, once', async () => {
    const { on, front, client } = await behindFront(row);
    const handle = client.resource<Article>(PATH);
    await handle.get();
    front.meet(row.mishap);
    await soon(handle.delete(), 5_000);
    expect(on.now()).toBeUndefined();
    expect(handle.status).toBe('gone');
    expect(on.server.history(PATH)).toHaveLength(2);
    expect(front.arrived.filter((method) => method === 'DELETE')).toHaveLength(1);
    expect(front.arrived.length).toBeLessThanOrEqual(3);
  });
});

describe.each(NOT_COMMITTED)('$name, and nothing is committed:', (row) => {
  test('an edit is sent again as it was, and lands once', async () => {
    const { on, front, client } = await behindFront(row);
    await client.resource(PATH).get();
    front.meet(row.mishap);
    const result = await soon(append(client), 5_000);
    expect(result).toMatchObject({ attempts: 2, rebased: false, alreadyApplied: false, version: '"2"' });
    expect(on.now()).toEqual({ ...DRAFT, tags: ['a', 'b', 'mine'] });
    expect(on.landed()).toBe(1);
    expect(front.arrived.length).toBeLessThanOrEqual(4);
  });

  test('an edit that others were faster than is rebased, and lands once', async () => {
    const { on, front, client } = await behindFront(row);
    await client.resource(PATH).get();
    meanwhile(front, row, () => {
      on.server.edit<Article>(PATH, (draft) => void draft.tags.unshift('theirs'));
    });
    const result = await soon(append(client), 5_000);
    expect(result).toMatchObject({ rebased: true, value: { tags: ['theirs', 'a', 'b', 'mine'] } });
    expect(on.now()).toEqual({ ...DRAFT, tags: ['theirs', 'a', 'b', 'mine'] });
    expect(on.landed()).toBe(1);
    expect(front.arrived.length).toBeLessThanOrEqual(6);
  });

  test('a create is made, once', async () => {
    const { on, front, client } = await behindFront(row);
    front.meet(row.mishap);
    await soon(client.resource<Article>(NEW).create(DRAFT), 5_000);
    expect(on.server.history<Article>(NEW).map(({ value }) => value)).toEqual([DRAFT]);
    expect(front.arrived.length).toBeLessThanOrEqual(3);
  });

  test('a delete deletes, once', async () => {
    const { on, front, client } = await behindFront(row);
    const handle = client.resource<Article>(PATH);
    await handle.get();
    front.meet(row.mishap);
    await soon(handle.delete(), 5_000);
    expect(on.now()).toBeUndefined();
    expect(front.arrived.length).toBeLessThanOrEqual(4);
  });
});

describe('a request that the network delivers twice', () => {
  test.each(['first', 'second'] as const)('lands once when the answer to the %s is heard', async (heard) => {
    const { on, front, client } = await behindFront();
    await client.resource(PATH).get();
    front.meet(twice(heard));
    const result = await soon(append(client));
    expect(result.value.tags).toEqual(['a', 'b', 'mine']);
    expect(on.now()).toEqual({ ...DRAFT, tags: ['a', 'b', 'mine'] });
    expect(on.landed()).toBe(1);
    expect(front.arrived.length).toBeLessThanOrEqual(3);
  });

  test.each(['first', 'second'] as const)('creates once when the answer to the %s is heard', async (heard) => {
    const { on, front, client } = await behindFront();
    front.meet(twice(heard));
    const outcome = await soon(outcomeOf(client.resource<Article>(NEW).create(DRAFT)));
    // Who hears only that it exists cannot know that it was made by this very request.
    if (heard === 'second') expect(outcome).toMatchObject({ code: 'ERR_EXISTS' });
    else expect(outcome).toMatchObject({ value: DRAFT });
    expect(on.server.history(NEW)).toHaveLength(1);
  });
});

test('a write that was held up on its way and arrives after its resend is refused by its precondition', async () => {
  const { on, front, client } = await behindFront({ timesOut: true });
  await client.resource(PATH).get();
  const late = heldUp();
  front.meet(late.mishap);
  const result = await soon(append(client), 5_000);
  expect(result).toMatchObject({ attempts: 2, value: { tags: ['a', 'b', 'mine'] } });
  expect(await late.release()).toBe(412);
  expect(on.now()).toEqual({ ...DRAFT, tags: ['a', 'b', 'mine'] });
  expect(on.landed()).toBe(1);
});
