import { isHTTPError, isNetworkError } from 'ky';
import { describe, expect, test } from 'vitest';
import { askKy } from '../../src/client/http/ask-ky.js';
import { makeTransport } from '../../src/client/http/transport.js';

const URL_A = 'https://api.example.com/a';

function answering(...script: (number | Error | Response)[]) {
  const requests: Request[] = [];
  const fetch = async (input: string | URL | Request): Promise<Response> => {
    requests.push(new Request(input));
    const next = script[requests.length - 1] ?? 200;
    if (next instanceof Error) throw next;
    return next instanceof Response ? next : new Response(next === 200 ? '{}' : 'no', { status: next });
  };
  return { fetch, requests };
}
const down = new TypeError('fetch failed');
const quick = { retry: { delay: () => 0 } };

describe('reads', () => {
  test("keep ky's retries", async () => {
    const { fetch, requests } = answering(503, down, 200);
    const { read } = makeTransport({ fetch, ...quick }, 30_000, undefined);
    await expect(read.get(URL_A).json()).resolves.toEqual({});
    expect(requests).toHaveLength(3);
  });

  test("keep ky's limit, also where it is a number", async () => {
    const { fetch, requests } = answering(503, 503, 503);
    const { read } = makeTransport({ fetch, retry: 0 }, 30_000, undefined);
    await expect(read.get(URL_A)).rejects.toSatisfy(isHTTPError);
    expect(requests).toHaveLength(1);
  });

  test('obey no Retry-After longer than allowed', async () => {
    const busy = new Response('no', { status: 503, headers: { 'retry-after': '315360000' } });
    const { fetch, requests } = answering(busy, 200);
    const { read } = makeTransport({ fetch, ...quick }, 30_000, undefined);
    await expect(read.get(URL_A)).rejects.toSatisfy(isHTTPError);
    expect(requests).toHaveLength(1);
  });

  test('that find a server busy hand on its own answer', async () => {
    const busy = new Response('no', { status: 503, headers: { 'retry-after': '1' } });
    // As of a server that answers with a status that no Response can be made of.
    for (const [name, value] of Object.entries({ url: URL_A, status: 999 }))
      Object.defineProperty(busy, name, { value });
    const { fetch } = answering(busy);
    const { read } = makeTransport({ fetch, retry: 0 }, 30_000, undefined);
    await expect(read.get(URL_A)).rejects.toMatchObject({ response: { url: URL_A, status: 999 } });
  });

  test("ask the caller's own shouldRetry too", async () => {
    const { fetch, requests } = answering(503, 200);
    const { read } = makeTransport({ fetch, retry: { shouldRetry: () => false } }, 30_000, undefined);
    await expect(read.get(URL_A)).rejects.toSatisfy(isHTTPError);
    expect(requests).toHaveLength(1);
  });
});

test('a fetch is told nothing but what it is asked for', async () => {
  const told: string[][] = [];
  const fetch = async (_request: unknown, init: object = {}): Promise<Response> => {
    told.push(Object.keys(init));
    return new Response('{}');
  };
  const transport = makeTransport({ fetch }, 30_000, undefined);
  for (const ky of [transport.read, transport.write, transport.elsewhere]) await askKy(ky, new URL(URL_A), {}, []);
  expect(told).toEqual([[], [], []]);
});

describe('writes', () => {
  const failing: [title: string, answer: number | Error][] = [
    ['503', 503],
    ['429', 429],
    ['a broken connection', down],
  ];
  for (const method of ['put', 'patch', 'delete'] as const) {
    test.each(failing)(`are never sent again by ky: ${method} and %s`, async (_title, answer) => {
      const { fetch, requests } = answering(answer, 200);
      const { write } = makeTransport({ fetch, ...quick }, 30_000, undefined);
      const outcome = await write(URL_A, { method }).catch((error: unknown) => error);
      expect(isHTTPError(outcome) || isNetworkError(outcome)).toBe(true);
      expect(requests).toHaveLength(1);
    });
  }

  test.each([
    { retry: 5 },
    { retry: { limit: 5, methods: ['put'] } },
    { retry: { shouldRetry: () => true, delay: () => 0 } },
  ])('are never sent again by ky whatever its options are: %j', async (options) => {
    const { fetch, requests } = answering(down, 200);
    const { write } = makeTransport({ fetch, ...options }, 30_000, undefined);
    await expect(write.put(URL_A)).rejects.toSatisfy(isNetworkError);
    expect(requests).toHaveLength(1);
  });
});

test('what names the address is left out, and what the request carries is kept', async () => {
  const { fetch, requests } = answering(200, 200);
  const { read } = makeTransport(
    { fetch, prefix: 'https://other.example.com', searchParams: { a: 1 }, headers: { authorization: 'Bearer x' } },
    30_000,
    undefined,
  );
  await read.get(URL_A);
  expect(requests[0]?.url).toBe(URL_A);
  expect(requests[0]?.headers.get('authorization')).toBe('Bearer x');
});

test("64 MiB and ky's ten seconds bound the body of an answer unless told otherwise", () => {
  expect(makeTransport({}, 1, undefined).limits).toEqual({ bytes: 67_108_864, ms: 10_000 });
  expect(makeTransport({ timeout: 7 }, 1, 5).limits).toEqual({ bytes: 5, ms: 7 });
  expect(makeTransport({ timeout: false }, 1, 5).limits).toEqual({ bytes: 5, ms: undefined });
});
