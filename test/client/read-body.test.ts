import { describe, expect, test } from 'vitest';
import { readText } from '../../src/client/http/read-body.js';

const LIMITS = { bytes: 1_000, ms: 5_000 };

function streaming(chunks: readonly (string | Uint8Array | Error)[], headers: Record<string, string> = {}) {
  let cancelled = false;
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const chunk = chunks[next];
      next += 1;
      if (chunk === undefined) controller.close();
      else if (chunk instanceof Error) controller.error(chunk);
      else controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
    },
    cancel: () => {
      cancelled = true;
    },
  });
  return { response: new Response(body, { headers }), cancelled: () => cancelled, pulled: () => next };
}

const bytes = new TextEncoder().encode('größe 🙂');
const texts: [title: string, chunks: (string | Uint8Array)[], text: string][] = [
  ['in one piece', ['{"a":1}'], '{"a":1}'],
  ['in pieces', ['{"a"', ':1', '}'], '{"a":1}'],
  ['of nothing', [], ''],
  ['cut within a letter', [bytes.slice(0, 3), bytes.slice(3, 9), bytes.slice(9)], 'größe 🙂'],
];
test.each(texts)('reads a body %s', async (_title, chunks, text) => {
  await expect(readText(streaming(chunks).response, LIMITS)).resolves.toEqual({ kind: 'read', text });
});

test('an answer without a body is empty text', async () => {
  await expect(readText(new Response(null, { status: 204 }), LIMITS)).resolves.toEqual({ kind: 'read', text: '' });
});

describe('a body that is too large', () => {
  test('by its announced length is not read at all', async () => {
    const { response, cancelled } = streaming(['x'.repeat(50)], { 'content-length': '1001' });
    await expect(readText(response, LIMITS)).resolves.toEqual({ kind: 'too-large' });
    expect(cancelled()).toBe(true);
  });

  test('as it comes in is given up on', async () => {
    const { response, cancelled, pulled } = streaming(Array.from({ length: 100 }, () => 'x'.repeat(100)));
    await expect(readText(response, LIMITS)).resolves.toEqual({ kind: 'too-large' });
    expect(cancelled()).toBe(true);
    expect(pulled()).toBeLessThan(20);
  });

  test('counts bytes, not letters', async () => {
    await expect(readText(streaming(['ü'.repeat(600)]).response, LIMITS)).resolves.toEqual({ kind: 'too-large' });
    await expect(readText(streaming(['ü'.repeat(500)]).response, LIMITS)).resolves.toMatchObject({ kind: 'read' });
  });

  test('is so whatever length was announced: CORS hides that the body was coded', async () => {
    const { response } = streaming(['x'.repeat(5_000)], { 'content-length': '20' });
    await expect(readText(response, LIMITS)).resolves.toEqual({ kind: 'too-large' });
  });
});

test.each([{}, { 'content-length': '100' }])('a body that breaks off says so, with the cause (%j)', async (headers) => {
  const cause = new TypeError('terminated');
  await expect(readText(streaming(['{"a"', cause], headers).response, LIMITS)).resolves.toEqual({
    kind: 'cut-off',
    cause,
  });
});

describe('a body that takes too long', () => {
  const stalling = (headers: Record<string, string> = {}) => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"a"')),
      cancel: () => {
        cancelled = true;
      },
    });
    return { response: new Response(body, { headers }), cancelled: () => cancelled };
  };

  test('is given up after the time allowed, and its stream is let go', async () => {
    const { response, cancelled } = stalling();
    await expect(readText(response, { bytes: 1_000, ms: 20 })).resolves.toEqual({ kind: 'too-slow' });
    expect(cancelled()).toBe(true);
  });

  test('is given up too where its length was announced', async () => {
    const { response } = stalling({ 'content-length': '7' });
    Object.defineProperty(response, 'type', { value: 'basic' });
    await expect(readText(response, { bytes: 1_000, ms: 20 })).resolves.toEqual({ kind: 'too-slow' });
  });

  test('is waited for where no time is set', async () => {
    const { response } = streaming(['{}']);
    await expect(readText(response, { bytes: 1_000, ms: undefined })).resolves.toEqual({ kind: 'read', text: '{}' });
  });
});
