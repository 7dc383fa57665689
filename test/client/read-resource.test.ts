import { createClient, etag, field } from 'unconflict';
import { describe, expect, test } from 'vitest';
import { DRAFT, outcomeOf, PATH, soon } from './support.js';

const reading = (answer: () => Response | Promise<Response>, options: Parameters<typeof createClient>[0] = {}) => {
  const requests: Request[] = [];
  const client = createClient({
    prefix: 'https://api.example.com',
    retry: 0,
    ...options,
    fetch: async (input, init) => {
      requests.push(new Request(input, init));
      return answer();
    },
  });
  return { requests, get: () => soon(outcomeOf(client.resource(PATH).get())) };
};

const unreadable: [title: string, answer: () => Response, words: string][] = [
  ['an empty 200', () => new Response(''), 'without a body'],
  ['a 204', () => new Response(null, { status: 204 }), 'without a body'],
  ['HTML', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }), 'text/html'],
  ['half of JSON', () => new Response('{"a":'), 'not JSON'],
];
describe('a 2xx that is no value', () => {
  test.each(unreadable)('is ERR_UNREADABLE: %s', async (_title, answer, words) => {
    await expect(reading(answer).get()).resolves.toMatchObject({
      code: 'ERR_UNREADABLE',
      message: expect.stringContaining(words),
    });
  });

  test('is asked for once more where it is empty: the read may have met a write', async () => {
    const answers = [new Response(''), Response.json({ a: 1 }, { headers: { etag: '"2"' } })];
    const { get, requests } = reading(() => answers.shift() ?? new Response(''));
    await expect(get()).resolves.toMatchObject({ value: { a: 1 }, version: '"2"' });
    expect(requests).toHaveLength(2);
  });

  test('is ERR_UNREADABLE where an envelope cannot be opened, with the cause', async () => {
    const cause = new Error('no data member');
    const read = (): never => {
      throw cause;
    };
    const { get } = reading(() => Response.json({}), { defaults: { body: { read, write: (value) => value } } });
    await expect(get()).resolves.toMatchObject({ code: 'ERR_UNREADABLE', cause });
  });

  test('is ERR_UNREADABLE where an envelope makes something else of it than JSON', async () => {
    const body = { read: () => new Date(0), write: (value: unknown) => value };
    await expect(reading(() => Response.json({}), { defaults: { body } }).get()).resolves.toMatchObject({
      code: 'ERR_UNREADABLE',
    });
  });
});

const values: [title: string, text: string, value: unknown][] = [
  ['a scalar', '5', 5],
  ['null', 'null', null],
  ['a list', '[1]', [1]],
  ['JSON with a byte order mark', '\ufeff{"a":1}', { a: 1 }],
];
test.each(values)('a document may be %s', async (_title, text, value) => {
  const { get } = reading(() => new Response(text, { headers: { etag: '"1"' } }));
  await expect(get()).resolves.toMatchObject({ value, version: '"1"' });
});

describe('a version', () => {
  test.each([
    ['of an empty ETag', { etag: '""' }],
    ['of a star', { etag: '*' }],
    ['of an ETag without quotes', { etag: 'abc' }],
  ])('%s is none', async (_title, headers) => {
    await expect(reading(() => Response.json(DRAFT, { headers })).get()).resolves.toMatchObject({ version: undefined });
  });

  test('of several members is one', async () => {
    const version = field(['/seq', '/term'], { send: { query: ['if_seq', 'if_term'] } });
    const { get } = reading(() => Response.json({ seq: 1, term: 2 }), { defaults: { version } });
    await expect(get()).resolves.toMatchObject({ version: expect.stringContaining('1') });
  });

  test('a verbatim weak tag stays weak', async () => {
    const { get } = reading(() => Response.json(DRAFT, { headers: { etag: 'W/"1"' } }), {
      defaults: { version: etag({ weak: 'verbatim' }) },
    });
    await expect(get()).resolves.toMatchObject({ version: 'W/"1"' });
  });
});

test("a caller's own Accept is kept", async () => {
  const { requests, get } = reading(() => Response.json(DRAFT), {
    defaults: { headers: { accept: 'application/fhir+json' } },
  });
  await get();
  expect(requests[0]?.headers.get('accept')).toBe('application/fhir+json');
});

test('a Retry-After of ten years on a read is not sat out', async () => {
  const answer = (): Response => new Response('busy', { status: 503, headers: { 'retry-after': '315360000' } });
  await expect(reading(answer, { retry: 3 }).get()).resolves.toMatchObject({
    name: 'HTTPError',
    response: { status: 503 },
  });
});
