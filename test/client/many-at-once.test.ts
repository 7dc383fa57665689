import { createClient } from 'unconflict';
import type { ConflictServer } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { outcomeOf, soon } from './support.js';

type Board = Record<string, number>;

const MANY = Array.from({ length: 64 }, (_, n) => n);
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A board on a loopback port behind a gateway that lets no bad write through, and a handle of it. */
async function overHttp(server: ConflictServer, isBad: (body: string) => boolean = () => false) {
  server.seed('/board', {});
  const { url } = await server.listen();
  const sent: string[] = [];
  const client = createClient({
    prefix: url,
    retry: 0,
    defaults: { retry: { minDelay: 0, maxDelay: 1 } },
    async fetch(input, init) {
      const request = new Request(input, init);
      sent.push(request.method);
      const body = await request.clone().text();
      return isBad(body) ? Response.json({ title: 'Not allowed' }, { status: 422 }) : fetch(request);
    },
  });
  open.push(client, server);
  const board = client.resource<Board>('/board');
  const editAll = () =>
    MANY.map((n) =>
      board.edit((draft) => {
        draft[`f${n}`] = n;
      }),
    );
  return { client, board, sent, editAll };
}

describe('64 edits at once over real HTTP', () => {
  test('cost a read and a write, and each is told what landed', async () => {
    const server = createConflictServer();
    const { sent, editAll } = await overHttp(server);
    const results = await soon(Promise.all(editAll()), 10_000);
    expect(sent).toEqual(['GET', 'PATCH']);
    const all = MANY.map((n) => ({ op: 'add', path: `/f${n}`, value: n }));
    for (const { patch } of results) expect(patch).toEqual(all);
    expect(new Set(results.map(({ version }) => version)).size).toBe(1);
  });

  test('cost a read and a write more where somebody else was faster', async () => {
    const server = createConflictServer();
    const { sent, editAll, board } = await overHttp(server);
    await board.get();
    server.edit<Board>('/board', (draft) => Object.assign(draft, { theirs: 1 }));
    sent.length = 0;
    await soon(Promise.all(editAll()), 10_000);
    expect(sent).toEqual(['PATCH', 'GET', 'PATCH']);
    expect(server.get<Board>('/board')?.value).toEqual({
      theirs: 1,
      ...Object.fromEntries(MANY.map((n) => [`f${n}`, n])),
    });
  });

  test('with a bad one among them land without it: halving finds it in as many writes as 64 has halves', async () => {
    const server = createConflictServer();
    const { sent, editAll, board } = await overHttp(server, (body) => body.includes('/f41"'));
    const seen: (string | undefined)[] = [];
    board.subscribe(() => seen.push(board.status));
    const outcomes = await soon(Promise.all(editAll().map(outcomeOf)), 10_000);
    const failed = MANY.filter((n) => outcomes[n] instanceof Error);
    expect(failed).toEqual([41]);
    expect(outcomes[41]).toMatchObject({ code: 'ERR_REFUSED', status: 422 });
    expect(sent.filter((method) => method === 'PATCH')).toHaveLength(1 + 2 * 6);
    const { f41: _bad, ...others } = Object.fromEntries(MANY.map((n) => [`f${n}`, n]));
    expect(server.get<Board>('/board')?.value).toEqual(others);
    expect(board.value).toEqual(others);
    expect(board.status).toBe('idle');
    expect(seen).toContain('saving');
  });

  test('show at once, all of them, in value; and the snapshot follows', async () => {
    const server = createConflictServer({ latency: 5 });
    const { board, editAll } = await overHttp(server);
    await board.get();
    const results = editAll();
    const all = Object.fromEntries(MANY.map((n) => [`f${n}`, n]));
    expect(board.value).toEqual(all);
    expect(board.snapshot?.value).toEqual({});
    await soon(Promise.all(results), 10_000);
    expect(board.snapshot?.value).toEqual(all);
    expect(board.value).toBe(board.snapshot?.value);
  });
});

test('edits of a wide document that are queued together: whatever was shown stays what it was, and one write says them all', async () => {
  const server = createConflictServer();
  const { board, sent } = await overHttp(server);
  const start = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`f${n}`, -1]));
  server.seed('/board', start);
  await board.get();
  const drafts: Board[] = [];
  const edits: Promise<unknown>[] = [];
  const shown: [Board | undefined, string][] = [];
  for (const n of MANY) {
    edits.push(
      board.edit((draft) => {
        draft[`f${n}`] = n;
        drafts.push(draft);
      }),
    );
    shown.push([board.value, JSON.stringify(board.value)]);
  }
  // A recipe may have kept its draft.
  for (const draft of drafts) draft.f0 = 99;
  await soon(Promise.all(edits), 10_000);
  for (const [value, text] of shown) {
    expect(JSON.stringify(value)).toBe(text);
    expect(Object.isFrozen(value)).toBe(true);
  }
  expect(sent).toEqual(['GET', 'PATCH']);
  expect(server.get<Board>('/board')?.value).toEqual({
    ...start,
    ...Object.fromEntries(MANY.map((n) => [`f${n}`, n])),
  });
});

test('a resource whose server hangs does not hold up another one', async () => {
  const server = createConflictServer();
  server.seed('/slow', {});
  const { client, board, editAll } = await overHttp(server);
  server.fault({ kind: 'delay', ms: 60_000, on: { path: '/slow' } });
  const caller = new AbortController();
  const hanging = outcomeOf(
    client.resource<Board>('/slow').edit((draft) => Object.assign(draft, { a: 1 }), { signal: caller.signal }),
  );
  await soon(Promise.all(editAll()), 10_000);
  expect(Object.keys(board.value ?? {})).toHaveLength(MANY.length);
  caller.abort('enough');
  expect(await hanging).toBe('enough');
});
