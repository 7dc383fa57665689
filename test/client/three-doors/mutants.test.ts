import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Kind } from './kinds.js';

/**
 * Whether each kind of world finds a client that is wrong: with a part of it replaced by a worse one, or behind a `fetch` that makes of the
 * answers what a careless client would make of them.
 */
interface Mutant {
  readonly kind: Kind;
  readonly title: string;
  /** The file in `src`, and what it exports instead. */
  readonly replace?: readonly [file: string, exports: Readonly<Record<string, unknown>>];
  readonly mutate?: (line: typeof fetch) => typeof fetch;
  readonly finds: RegExp;
}

const methodOf = (input: RequestInfo | URL, init?: RequestInit): string =>
  input instanceof Request ? input.method : (init?.method ?? 'GET');

const withHeaders =
  (change: (headers: Headers, method: string) => void) =>
  (line: typeof fetch): typeof fetch =>
  (input, init) => {
    const request = new Request(input, init);
    change(request.headers, request.method);
    return line(request);
  };

const mutants: readonly Mutant[] = [
  {
    kind: 'plain',
    title: 'sends without a precondition',
    mutate: withHeaders((headers) => headers.delete('if-match')),
    finds: /was lost/,
  },
  {
    kind: 'plain',
    title: 'takes what is in doubt for not landed',
    replace: ['engine/conflict/landed', { landedAny: () => 'no' }],
    finds: /is there 2 times/,
  },
  {
    kind: 'other forms',
    title: 'takes whatever answers a write for the document',
    replace: ['client/write/representation', { isRepresentation: () => true, contradicts: () => false }],
    finds: /was lost|did nothing|is shown of|came back/,
  },
  {
    kind: 'other forms',
    title: 'does not know its own items in the form of the server',
    replace: [
      'core/form-of',
      { isFormOf: () => false, asKept: (sent: unknown) => sent, asSent: (shown: unknown) => shown },
    ],
    finds: /met nobody's conflict|did nothing/,
  },
  {
    kind: 'tenants',
    title: 'knows nobody apart',
    replace: ['client/resource/identity-key', { identityKey: () => '', isSameIdentity: () => true }],
    finds: /another's/,
  },
  {
    kind: 'no receipts',
    title: 'takes every 2xx for a receipt',
    mutate: (line) => async (input, init) => {
      const response = await line(input, init);
      const isWrite = methodOf(input, init) !== 'GET';
      return isWrite && response.ok ? new Response(null, { status: 204 }) : response;
    },
    finds: /was accepted and is nowhere/,
  },
  {
    kind: 'caches',
    title: 'writes what it read without a precondition',
    mutate: withHeaders((headers) => headers.delete('if-match')),
    finds: /was lost/,
  },
  {
    kind: 'caches',
    title: 'takes a refused precondition for a rule',
    replace: ['protocol/verdict/cache-words', { cacheWords: () => undefined }],
    mutate: (line) => async (input, init) => {
      const response = await line(input, init);
      return response.status === 412 ? new Response(await response.text(), { status: 409 }) : response;
    },
    finds: /was refused, and there are no rules/,
  },
  {
    kind: 'replicas',
    title: 'believes a replica that shows nothing to take out',
    replace: ['engine/budget', { LAG: { ms: 0, reason: 'backoff' } }],
    finds: /did nothing/,
  },
];

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const { replace } of mutants) if (replace !== undefined) vi.doUnmock(fileOf(replace[0]));
});

const fileOf = (file: string): string => `../../../src/${file}.js`;

test.each(mutants)(
  '$kind: a client that $title is found',
  async ({ kind, replace, mutate, finds }) => {
    if (replace !== undefined) {
      const [file, exports] = replace;
      await import(fileOf(file)); // A file that is not there would be replaced by nothing.
      vi.resetModules();
      vi.doMock(fileOf(file), async (original) => ({ ...(await original<object>()), ...exports }));
    }
    const { preload } = await import('unconflict');
    const { runDoors } = await import('./schedule.js');
    await preload();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
    const found: string[] = [];
    for (let seed = 1; seed <= 150 && !found.some((what) => finds.test(what)); seed += 1) {
      found.push(...(await runDoors(kind, seed, mutate)).broken);
    }
    expect(found.join('\n')).toMatch(finds);
  },
  300_000,
);
