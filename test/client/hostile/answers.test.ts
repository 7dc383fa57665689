import { inspect } from 'node:util';
import fc from 'fast-check';
import type { ResourceOptions } from 'unconflict';
import { conflictFetch, createClient, etag, field, lastModified } from 'unconflict';
import { expect, test } from 'vitest';
import { type Article, DRAFT, soon, unhandledDuring } from '../support.js';
import { bodyText, headers, status } from './arbitrary.js';
import { changesSince, pictureOfGlobals } from './globals.js';

const URL_A = 'https://api.example.com/articles/1';
const BODILESS = new Set([204, 205, 304]);

interface Said {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Says these things one after the other and begins again, for reads and writes alike. */
function saying(things: readonly Said[]) {
  const requests: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    const { method } = new Request(input);
    const said = things[requests.length % things.length];
    requests.push(method);
    if (said === undefined) throw new TypeError('fetch failed');
    const answer = new Headers();
    for (const [name, value] of Object.entries(said.headers)) {
      try {
        answer.set(name, value);
      } catch {
        // Not to be put in a header: no server can send it.
      }
    }
    return new Response(BODILESS.has(said.status) ? null : said.body, { status: said.status, headers: answer });
  };
  return { fetch, requests };
}

const said: fc.Arbitrary<Said> = fc.record({ status, headers, body: bodyText });
/** Mostly a read that works, so that the rest is met by a write. */
const things = fc
  .tuple(fc.boolean(), fc.array(said, { minLength: 1, maxLength: 4 }))
  .map(([readable, rest]): Said[] => [
    ...(readable ? [{ status: 200, headers: { etag: '"1"' }, body: JSON.stringify({ ...DRAFT, v: 1 }) }] : []),
    ...rest,
  ]);

const options: ResourceOptions<Article>[] = [
  { version: etag() },
  { version: field('/v') },
  { version: field('/__proto__/x', { send: 'if-match' }), requireVersion: false },
  { version: lastModified(), write: 'put' },
  { version: etag({ weak: 'verbatim' }), write: 'merge-patch', gone: 'recreate', exists: 'merge' },
];

type Door = (client: ReturnType<typeof createClient>, option: ResourceOptions<Article>) => Promise<unknown>;
const doors: Record<string, Door> = {
  get: (client, option) => client.resource<Article>(URL_A, option).get(),
  edit: (client, option) => client.resource<Article>(URL_A, option).edit((draft) => ({ ...draft, title: 'Mine' })),
  create: (client, option) => client.resource<Article>(URL_A, option).create(DRAFT),
  delete: (client, option) => client.resource<Article>(URL_A, option).delete(),
  put: async (client) => {
    const base = await client.get(URL_A).json();
    return client.put(URL_A, { json: DRAFT, ...(typeof base === 'object' && base !== null ? { base } : {}) }).json();
  },
};

test.each(Object.keys(doors))(
  'whatever a server says to %s, it ends, in a value or an Error, in bounded requests',
  async (name) => {
    const before = pictureOfGlobals();
    const unhandled = await unhandledDuring(() =>
      fc.assert(
        fc.asyncProperty(things, fc.constantFrom(...options), async (sayings, option) => {
          const { fetch, requests } = saying(sayings);
          const client = createClient({
            fetch,
            retry: 0,
            headers: { authorization: 'Bearer canary' },
            defaults: { retry: { attempts: 4, minDelay: 5, maxDelay: 20, deadline: 300, maxRetryAfter: 0 } },
          });
          const door = doors[name];
          if (door === undefined) throw new Error(name);
          const outcome = await soon(
            door(client, option).then(
              () => undefined,
              (error: unknown) => ({ error }),
            ),
            5_000,
          );
          if (outcome !== undefined) {
            expect(outcome.error).toBeInstanceOf(Error);
            expect(inspect(outcome.error, { depth: 8 })).not.toContain('canary');
          }
          // Four writes, and for each a look, a patient one, one for a strong tag and redirects to itself.
          expect(requests.length).toBeLessThanOrEqual(100);
          await soon(client.close());
        }),
        { numRuns: 150 },
      ),
    );
    expect(unhandled).toEqual([]);
    expect(changesSince(before)).toEqual([]);
  },
  60_000,
);

test('whatever a server says, conflictFetch answers as fetch would, or rejects with an Error', async () => {
  const before = pictureOfGlobals();
  const unhandled = await unhandledDuring(() =>
    fc.assert(
      fc.asyncProperty(things, async (sayings) => {
        const { fetch } = saying(sayings);
        const guarded = conflictFetch({
          fetch,
          retry: 0,
          defaults: { retry: { attempts: 3, minDelay: 0, maxDelay: 0, deadline: 300, maxRetryAfter: 0 } },
        });
        const read = await guarded(URL_A);
        expect(read).toBeInstanceOf(Response);
        await read.text();
        const init = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(DRAFT) };
        const outcome = await soon(
          guarded(URL_A, init).catch((error: unknown) => error),
          5_000,
        );
        expect(outcome instanceof Response || outcome instanceof Error).toBe(true);
      }),
      { numRuns: 150 },
    ),
  );
  expect(unhandled).toEqual([]);
  expect(changesSince(before)).toEqual([]);
}, 60_000);
