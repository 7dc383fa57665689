import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hasty, realScene } from '../real-http.js';
import { type Article, DRAFT, outcomeOf, PATH, soon } from '../support.js';
import type { Mishap } from './front.js';
import { startFront } from './front.js';

async function behindFront(options: { readonly timeout?: number } = {}) {
  const on = await realScene();
  const front = await startFront(on.url);
  return { on, front, client: on.another({ ...hasty(front.url), ...options }) };
}

/** The true refusal with another body. */
const refusal =
  (body: string | Buffer, headers: Record<string, string> = {}): Mishap =>
  async ({ forward, response }) => {
    const { status } = await forward();
    response.writeHead(status, headers).end(body);
  };

const endless: Mishap = async ({ forward, response, socket }) => {
  const { status } = await forward();
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  const timer = setInterval(() => response.write(' '), 10);
  socket.once('close', () => clearInterval(timer));
};

const cut: Mishap = async ({ forward, response }) => {
  const { status } = await forward();
  response.writeHead(status, { 'content-length': '1000' });
  response.write('{"title":', () => response.destroy());
};

const filled = (bytes: number): string => JSON.stringify({ title: 'Stale', filler: 'x'.repeat(bytes) });
const page = `<!doctype html>${'<p>Conflict</p>'.repeat(700_000)}`;
const problem = { 'content-type': 'application/problem+json' };

const refusals: [title: string, mishap: Mishap][] = [
  ['10 MB of JSON', refusal(filled(10_000_000), problem)],
  ['50 MB of JSON', refusal(filled(50_000_000), problem)],
  ['10 MB of HTML', refusal(page, { 'content-type': 'text/html' })],
  ['10 MB of HTML that says it is JSON', refusal(page, problem)],
  ['nothing', refusal('')],
  ['nothing, and a length that is too long', cut],
  ['bytes that are no UTF-8', refusal(Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]), problem)],
  ['gzip that is none', refusal('{"title":"x"}', { ...problem, 'content-encoding': 'gzip' })],
  [
    '100 kB of gzip that unpacks to 100 MB',
    refusal(gzipSync(Buffer.alloc(100_000_000, ' ')), { ...problem, 'content-encoding': 'gzip' }),
  ],
  ['JSON 100,000 levels deep', refusal('['.repeat(100_000) + ']'.repeat(100_000), problem)],
  ['a document as if it were the latest', refusal(JSON.stringify({ ...DRAFT, title: 'A lie' }), { etag: '"99"' })],
];

describe.each(refusals)('a refusal as stale that holds %s', (_title, mishap) => {
  test('is a refusal as stale: the edit is rebased, and lands once', async () => {
    const { on, front, client } = await behindFront();
    const handle = client.resource<Article>(PATH);
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => void draft.tags.unshift('theirs'));
    front.meet(mishap);
    const result = await soon(
      handle.edit((draft) => void draft.tags.push('mine')),
      8_000,
    );
    expect(result).toMatchObject({ attempts: 2, rebased: true });
    expect(on.now()).toEqual({ ...DRAFT, tags: ['theirs', 'a', 'b', 'mine'] });
    expect(on.landed()).toBe(1);
    expect(front.arrived).toEqual(['GET', 'PATCH', 'GET', 'PATCH']);
  });
});

test('a refusal whose body never ends is heard all the same, once the timeout is over', async () => {
  const { on, front, client } = await behindFront({ timeout: 300 });
  const handle = client.resource<Article>(PATH);
  await handle.get();
  on.server.edit<Article>(PATH, (draft) => void draft.tags.unshift('theirs'));
  front.meet(endless);
  const result = await soon(
    handle.edit((draft) => void draft.tags.push('mine')),
    5_000,
  );
  expect(result.attempts).toBe(2);
  expect(on.now()).toEqual({ ...DRAFT, tags: ['theirs', 'a', 'b', 'mine'] });
});

describe('a read', () => {
  test('whose body trickles for ever ends with the timeout, and says which option it is', async () => {
    const { front, client } = await behindFront({ timeout: 200 });
    front.meet(endless, 'always');
    const error = await soon(outcomeOf(client.resource(PATH).get()));
    expect(error).toMatchObject({ code: 'ERR_UNREADABLE', message: expect.stringContaining('timeout') });
  });

  test('of 50 MB is read, edited and saved', async () => {
    const on = await realScene({ maxBody: 100_000_000 });
    on.server.seed(PATH, { ...DRAFT, body: 'x'.repeat(50_000_000) });
    const handle = on.client.resource<Article>(PATH);
    const saving = handle.edit((draft) => void draft.tags.push('mine'));
    expect(await soon(saving, 20_000)).toMatchObject({ attempts: 1, version: '"3"' });
    expect(on.server.get<Article>(PATH)?.value.tags).toEqual(['a', 'b', 'mine']);
  });

  test.each([
    ['announced', false],
    ['unannounced', true],
  ])(
    'of more than maxBodyBytes (%s) ends in an error that names the option, and nothing is written',
    async (_title, chunked) => {
      const on = await realScene();
      on.server.seed(PATH, { ...DRAFT, body: 'x'.repeat(300_000) });
      const front = await startFront(on.url);
      if (chunked) {
        front.meet(async ({ forward, response }) => {
          const { status, headers, body } = await forward();
          response.writeHead(status, headers);
          response.end(body);
        }, 'always');
      }
      const client = on.another({ ...hasty(front.url), maxBodyBytes: 100_000 });
      const edit = client.resource<Article>(PATH).edit((draft) => void draft.tags.push('mine'));
      const error = await soon(outcomeOf(edit));
      expect(error).toMatchObject({
        code: 'ERR_UNREADABLE',
        message: expect.stringMatching(/longer than 100000 bytes.*maxBodyBytes/),
      });
      expect(front.arrived).toEqual(['GET']);
    },
  );

  test('of little gzip that unpacks to too much is no way around maxBodyBytes', async () => {
    const on = await realScene();
    const front = await startFront(on.url);
    const client = on.another({ ...hasty(front.url), maxBodyBytes: 1_000_000 });
    const bomb = gzipSync(JSON.stringify({ body: ' '.repeat(20_000_000) }));
    front.meet(({ response }) => {
      response.writeHead(200, { etag: '"1"', 'content-encoding': 'gzip', 'content-length': bomb.byteLength }).end(bomb);
    }, 'always');
    const error = await soon(outcomeOf(client.resource(PATH).get()), 8_000);
    expect(error).toMatchObject({ code: 'ERR_UNREADABLE', message: expect.stringContaining('maxBodyBytes') });
  });
});

describe('a replica that lags for 200 ms', () => {
  const LAG = 200;

  test('behind every read: two people write one after the other, and nothing is lost or refused', async () => {
    const on = await realScene();
    const other = on.another();
    on.server.fault({ kind: 'stale-read', lag: LAG, for: 60_000, on: { method: 'GET' } });
    await new Promise((resolve) => setTimeout(resolve, LAG + 50)); // So that the first state is to be seen.
    const [mine, theirs] = [on.client.resource<Article>(PATH), other.resource<Article>(PATH)];
    await Promise.all([mine.get(), theirs.get()]);
    for (const round of [1, 2]) {
      await soon(
        mine.edit((draft) => void draft.tags.push(`mine ${round}`)),
        8_000,
      );
      await soon(
        theirs.edit((draft) => void draft.tags.push(`theirs ${round}`)),
        8_000,
      );
    }
    const { tags } = on.server.get<Article>(PATH)?.value ?? DRAFT;
    expect(tags.toSorted()).toEqual(
      ['a', 'b', ...[1, 2].flatMap((round) => [`mine ${round}`, `theirs ${round}`])].toSorted(),
    );
    expect(on.landed()).toBe(4);
    expect(on.server.requests.length).toBeLessThanOrEqual(2 + 4 * 5);
  }, 30_000);

  test('behind the look after a lost answer: the write is recognised, and lands once', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.fault({ kind: 'lose-answer', on: { method: 'PATCH' } });
    on.server.fault({ kind: 'stale-read', on: { method: 'GET' }, for: LAG });
    const result = await soon(
      handle.edit((draft) => void draft.tags.push('mine')),
      8_000,
    );
    expect(result.value.tags).toEqual(['a', 'b', 'mine']);
    expect(on.now()).toEqual({ ...DRAFT, tags: ['a', 'b', 'mine'] });
    expect(on.landed()).toBe(1);
    expect(on.server.requests.length).toBeLessThanOrEqual(7);
  });
});

describe('a gateway that compresses for real', () => {
  const codings: [coding: string, pack: (body: Buffer) => Buffer, tag: (tag: string) => string][] = [
    ['gzip', gzipSync, (tag) => `W/${tag}`],
    ['gzip', gzipSync, (tag) => tag.replace(/"$/, '-gzip"')],
    ['br', brotliCompressSync, (tag) => `W/${tag}`],
    ['br', brotliCompressSync, (tag) => tag.replace(/"$/, '-br"')],
  ];
  test.each(codings)(
    '%s, and disguises the tag: conflicts are merged, and each edit lands once',
    async (coding, pack, disguise) => {
      const { on, front, client } = await behindFront();
      front.meet(async ({ forward, request, response, answer }) => {
        const upstream = await forward();
        if (!String(request.headers['accept-encoding']).includes(coding)) return answer(upstream);
        const { etag } = upstream.headers;
        const headers = {
          ...upstream.headers,
          'content-encoding': coding,
          ...(etag === undefined ? {} : { etag: disguise(etag) }),
        };
        response.writeHead(upstream.status, headers).end(pack(upstream.body));
      }, 'always');
      const handle = client.resource<Article>(PATH);
      await handle.get();
      for (const round of [1, 2]) {
        on.server.edit<Article>(PATH, (draft) => void draft.tags.unshift(`theirs ${round}`));
        await soon(
          handle.edit((draft) => void draft.tags.push(`mine ${round}`)),
          8_000,
        );
      }
      expect(on.now()).toMatchObject({ tags: ['theirs 2', 'theirs 1', 'a', 'b', 'mine 1', 'mine 2'] });
      expect(on.landed()).toBe(2);
      expect(front.arrived.length).toBeLessThanOrEqual(14);
    },
  );
});
