import ky from 'ky';
import { describe, expect, test } from 'vitest';
import { askKy, readThrown } from '../../src/client/http/ask-ky.js';
import { readGood } from '../../src/client/http/read-body.js';
import { makeTransport } from '../../src/client/http/transport.js';

const URL_A = 'https://api.example.com/a';
const thrownFor = (answer: Response | Error, options = {}): Promise<unknown> =>
  ky(URL_A, {
    fetch: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
    retry: 0,
    ...options,
  }).catch((error: unknown) => error);

describe('what ky threw', () => {
  test('is an answer, with its body parsed', async () => {
    const refusal = Response.json({ detail: 'no' }, { status: 409, headers: { 'retry-after': '2' } });
    expect(readThrown(await thrownFor(refusal))).toMatchObject({
      kind: 'answer',
      answer: { status: 409, body: { detail: 'no' }, retryAfter: 2_000 },
    });
  });

  test('has its body parsed whatever the media type says', async () => {
    const refusal = new Response('{"error":"conflict"}', { status: 409, headers: { 'content-type': 'text/plain' } });
    expect(readThrown(await thrownFor(refusal))).toMatchObject({ answer: { body: { error: 'conflict' } } });
  });

  test('has its body as text where that is no JSON', async () => {
    expect(readThrown(await thrownFor(new Response('<html>', { status: 502 })))).toMatchObject({
      answer: { body: '<html>' },
    });
  });

  test('has no body where there is none', async () => {
    expect(readThrown(await thrownFor(new Response(null, { status: 412 })))).toMatchObject({
      answer: { body: undefined },
    });
  });

  test('is no answer where the network failed or it took too long', async () => {
    expect(readThrown(await thrownFor(new TypeError('fetch failed')))).toMatchObject({ kind: 'no-answer' });
    const late = await ky(URL_A, { fetch: () => new Promise(() => {}), retry: 0, timeout: 1 }).catch(
      (error: unknown) => error,
    );
    expect(readThrown(late)).toMatchObject({ kind: 'no-answer' });
  });

  test("is somebody else's where a hook failed", () => {
    expect(readThrown(new Error('mine'))).toMatchObject({ kind: 'other', error: { message: 'mine' } });
    expect(readThrown('mine')).toMatchObject({ kind: 'other', error: { message: 'mine', cause: 'mine' } });
  });

  test('is the answer all the same where a beforeError hook put its own error in its place', async () => {
    class ApiError extends Error {}
    const hooks = { beforeError: [({ error }: { error: Error }) => new ApiError(`mine: ${error.name}`)] };
    const fetch = async () => new Response('no', { status: 412 });
    const { write } = makeTransport({ fetch, hooks }, 30_000, undefined);
    const thrown = await askKy(write, new URL(URL_A), { method: 'put' }, []);
    expect(thrown).toMatchObject({ kind: 'answer', answer: { status: 412 } });
    expect(thrown).toHaveProperty('error', expect.any(ApiError));
  });
});

test('a retry that a hook asks for leaves with the precondition, or not at all', async () => {
  const sent: Request[] = [];
  const fetch = async (input: string | URL | Request) => {
    sent.push(new Request(input));
    return new Response('no', { status: sent.length === 1 ? 401 : 200 });
  };
  const bare = new Request(URL_A, { method: 'put' });
  const afterResponse = [
    ({ response }: { response: Response }) => (response.ok ? response : ky.retry({ request: bare })),
  ];
  const { write } = makeTransport({ fetch, hooks: { afterResponse } }, 30_000, undefined);
  const options = { method: 'put', headers: { 'if-match': '"1"' } };
  const came = await askKy(write, new URL(URL_A), options, [], { header: 'if-match' });
  expect(came).toMatchObject({ kind: 'other', error: { message: expect.stringContaining('took if-match off') } });
  expect(sent).toHaveLength(1);
});

describe('the body of a 2xx', () => {
  const read = (body: string | null, headers: Record<string, string> = {}, max = 100) =>
    readGood(new Response(body, { headers }), { bytes: max, ms: 1_000 }, URL_A);

  test('is JSON whatever the media type says', async () => {
    await expect(read('{"a":1}', { 'content-type': 'text/plain' })).resolves.toEqual({
      kind: 'json',
      text: '{"a":1}',
      value: { a: 1 },
    });
  });

  test.each([[null], [''], [' \n']])('may be empty: %j', async (body) => {
    await expect(read(body)).resolves.toEqual({ kind: 'empty' });
  });

  test('that is HTML is unreadable, and the error says where and what to look at', async () => {
    await expect(read('<html>', { 'content-type': 'text/html' })).resolves.toMatchObject({
      kind: 'unreadable',
      cutOff: false,
      error: {
        code: 'ERR_UNREADABLE',
        url: URL_A,
        message: expect.stringMatching(/not JSON \(text\/html\).*signed in/),
      },
    });
  });

  test('that is too large is unreadable, and the error names the option', async () => {
    await expect(read('"'.padEnd(200, 'x'))).resolves.toMatchObject({
      kind: 'unreadable',
      cutOff: false,
      error: { message: expect.stringContaining('maxBodyBytes') },
    });
  });

  test('that is cut off says so', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('socket closed')) });
    await expect(readGood(new Response(body), { bytes: 100, ms: undefined }, URL_A)).resolves.toMatchObject({
      kind: 'unreadable',
      cutOff: true,
      error: { code: 'ERR_UNREADABLE', cause: { message: 'socket closed' } },
    });
  });
});
