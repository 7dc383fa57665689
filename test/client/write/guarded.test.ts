import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createClient } from 'unconflict';
import { describe, expect, onTestFinished, test } from 'vitest';
import { outcomeOf, soon } from '../support.js';

/** How an answer shows the version it has: as it is, weak, as a gateway marks what it has packed, or not at all. */
type Tag = 'strong' | 'weak' | 'gzip' | 'none';

interface Document {
  readonly [name: string]: number;
}

interface ShyServer {
  readonly url: string;
  /** Preconditions of the writes it got, `undefined` for a write without one. */
  readonly preconditions: (string | undefined)[];
  /** Writes that took what a stranger had saved since the writer's read. */
  readonly lost: string[];
  document: Document;
}

/**
 * A server on a real socket that checks If-Match where there is one, takes every write that has none, and shows its version as the
 * next of `tags` says. `strangers`: before which requests somebody else saves.
 */
async function shyServer(tags: readonly Tag[], strangers: ReadonlySet<number>): Promise<ShyServer> {
  const shy: ShyServer = { url: '', preconditions: [], lost: [], document: { mine: 0 } };
  let version = 1;
  let requests = 0;
  const server = createServer(async (request, response) => {
    if (strangers.has(requests)) {
      shy.document = { ...shy.document, [`stranger${requests}`]: requests };
      version += 1;
    }
    const tag = tags[requests % tags.length];
    requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const shown = { strong: `"v${version}"`, weak: `W/"v${version}"`, gzip: `"v${version}-gzip"`, none: undefined }[
      tag ?? 'none'
    ];
    const answer = (status: number, body: unknown, etag = shown): void => {
      const packed = etag?.endsWith('-gzip"') === true;
      const text = JSON.stringify(body);
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(packed ? { 'content-encoding': 'gzip' } : {}),
        ...(etag === undefined ? {} : { etag }),
      });
      response.end(packed ? gzipSync(text) : text);
    };
    if (request.method === 'GET') return answer(200, shy.document);
    const precondition = request.headers['if-match'];
    if (request.method === 'PATCH') return answer(415, { title: 'PUT it' });
    shy.preconditions.push(precondition);
    if (precondition !== undefined && precondition !== `"v${version}"`) return answer(412, { title: 'stale' });
    const next: Document = request.method === 'DELETE' ? {} : JSON.parse(Buffer.concat(chunks).toString());
    const taken = Object.keys(shy.document).filter((name) => name.startsWith('stranger') && !(name in next));
    if (request.method === 'PUT') shy.lost.push(...taken);
    shy.document = next;
    version += 1;
    return answer(200, next, tag === 'none' ? undefined : `"v${version}"`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(shy, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

const RETRY = { minDelay: 0, maxDelay: 1, deadline: 400, attempts: 4 };

function handleOf(url: string) {
  const client = createClient({ prefix: url, retry: 0, defaults: { write: 'put', retry: RETRY } });
  onTestFinished(() => client.close());
  return client.resource<Record<string, number>>('doc');
}

test('a hook that takes the precondition off a write keeps it from being sent', async () => {
  const shy = await shyServer(['strong'], new Set());
  const client = createClient({
    prefix: shy.url,
    defaults: { write: 'put' },
    hooks: { beforeRequest: [({ request }) => request.headers.delete('if-match')] },
  });
  onTestFinished(() => client.close());
  const edit = client.resource<Document>('doc').replace({ mine: 1 });
  await expect(soon(edit)).rejects.toThrow('a hook took If-Match off the request');
  expect(shy.preconditions).toEqual([]);
});

describe('no write of a handle leaves without its precondition', () => {
  test.each<Tag>(['weak', 'gzip'])('a first read with a %s tag, a second without any', async (first) => {
    const shy = await shyServer([first, 'none'], new Set([1]));
    const edit = handleOf(shy.url).edit((draft) => {
      draft.mine = 1;
    });
    const outcome = await soon(outcomeOf(edit), 8_000);
    expect(shy.preconditions).not.toContain(undefined);
    expect(shy.lost).toEqual([]);
    // It ended well only on top of what the stranger saved.
    if (outcome instanceof Error) expect(outcome).toMatchObject({ edit: { local: { mine: 1 } } });
    else expect(shy.document).toEqual({ mine: 1, stranger1: 1 });
  });

  test('whatever becomes of the tags between reads, nobody loses what was saved meanwhile', async () => {
    const tag = fc.constantFrom<Tag>('strong', 'weak', 'gzip', 'none');
    const story = fc.record({
      tags: fc.array(tag, { minLength: 1, maxLength: 6 }),
      strangers: fc.uniqueArray(fc.nat({ max: 6 }), { maxLength: 3 }),
      acts: fc.array(fc.constantFrom('get', 'edit', 'replace', 'patch', 'delete'), { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(story, async ({ tags, strangers, acts }) => {
        const shy = await shyServer(tags, new Set(strangers));
        const handle = handleOf(shy.url);
        for (const act of acts) {
          const done = {
            get: () => handle.get(),
            edit: () =>
              handle.edit((draft) => {
                draft.mine = (draft.mine ?? 0) + 1;
              }),
            replace: async () => handle.replace({ ...(handle.value ?? (await handle.get()).value), mine: 9 }),
            patch: () => handle.patch([{ op: 'add', path: '/mine', value: 5 }]),
            delete: () => handle.delete(),
          }[act];
          await soon(outcomeOf(done()), 8_000);
        }
        expect(shy.preconditions).not.toContain(undefined);
        expect(shy.lost).toEqual([]);
      }),
      { numRuns: Number(process.env.GUARD_RUNS ?? 30) },
    );
  }, 120_000);
});
