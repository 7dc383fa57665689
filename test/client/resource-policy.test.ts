import { describe, expect, test } from 'vitest';
import type { AnyResourceOptions } from '../../src/client/options/client-options.js';
import { layered } from '../../src/client/options/layered.js';
import { resourcePolicy } from '../../src/client/options/resource-policy.js';
import { checkResource } from '../../src/client/options/tables.js';
import { unversioned } from '../../src/protocol/versions/unversioned.js';

const policy = (options: AnyResourceOptions = {}, forHandle = true) => {
  checkResource(options, 'defaults');
  return resourcePolicy(options, 'defaults', forHandle);
};

test('everything has a default', () => {
  const { engine, request } = policy();
  expect(engine).toMatchObject({
    codec: { name: 'etag' },
    merge: {},
    retry: {
      attempts: 20,
      minDelay: 25,
      maxDelay: 2_000,
      deadline: 30_000,
      maxRetryAfter: 30_000,
      hookDeadline: Number.POSITIVE_INFINITY,
    },
    lock: { maxWait: Number.POSITIVE_INFINITY },
    readonly: [],
    requireVersion: true,
    createdMeansRecreated: undefined,
  });
  expect(request).toMatchObject({ write: 'json-patch' });
  expect(request.idempotencyHeader).toBeUndefined();
});

test('plain verbs do not require a version unless told so', () => {
  expect(policy({}, false).engine.requireVersion).toBe(false);
  expect(policy({ requireVersion: true }, false).engine.requireVersion).toBe(true);
  expect(policy({ requireVersion: false }).engine.requireVersion).toBe(false);
  expect(policy({ version: unversioned() }).engine.requireVersion).toBe(false);
});

const headers: [option: boolean | string | undefined, header: string | undefined][] = [
  [true, 'Idempotency-Key'],
  ['X-Request-Id', 'X-Request-Id'],
  [false, undefined],
  ['', undefined],
  [undefined, undefined],
];
test.each(headers)('idempotencyKey %j sends it as %j', (idempotencyKey, header) => {
  const options = idempotencyKey === undefined ? {} : { idempotencyKey };
  expect(policy(options).request.idempotencyHeader).toBe(header);
});

test.each([
  ['wait', Number.POSITIVE_INFINITY],
  ['error', 0],
  [{ maxWait: 50 }, 50],
  [{}, Number.POSITIVE_INFINITY],
] as const)('locked: %j waits at most %d ms', (locked, maxWait) => {
  expect(policy({ locked }).engine.lock.maxWait).toBe(maxWait);
});

// As JavaScript without types would give them.
const wrong: [option: string, options: string | object][] = [
  ['gone', '{"gone":"delete"}'],
  ['exists', '{"exists":"ignore"}'],
  ['write', '{"write":"post"}'],
  ['resolve', '{"resolve":"local"}'],
  ['requireVersion', { version: unversioned(), requireVersion: true }],
  ['retry.attempts', '{"retry":{"attempts":0}}'],
  ['retry.attempts', '{"retry":{"attempts":"many"}}'],
  ['retry.attempts', { retry: { attempts: 1.5 } }],
  ['retry.minDelay', '{"retry":{"minDelay":-1}}'],
  ['retry.minDelay', { retry: { minDelay: Number.POSITIVE_INFINITY } }],
  ['retry.maxDelay', '{"retry":{"minDelay":50,"maxDelay":10}}'],
  ['retry.deadline', { retry: { deadline: Number.NaN } }],
  ['retry.limit', '{"retry":{"limit":3}}'],
  ['locked', '{"locked":"never"}'],
  ['locked', '{"locked":null}'],
  ['locked.maxWait', '{"locked":{"maxWait":-1}}'],
  ['locked.release', '{"locked":{"release":"now"}}'],
  ['readonly', '{"readonly":["id"]}'],
  ['readonly', '{"readonly":"/id"}'],
  ['version', '{"version":"etag"}'],
  ['merge', '{"merge":{"title":"local"}}'],
  ['merge', '{"merge":{"/title":"mine"}}'],
  ['classify', '{"classify":"stale"}'],
  ['schema', '{"schema":{}}'],
  ['body', '{"body":{"read":1}}'],
  ['idempotencyKey', '{"idempotencyKey":7}'],
  ['idempotencyKey', '{"idempotencyKey":"no header"}'],
];
test.each(wrong)('%s that cannot work is told when it is given: %j', (option, options) => {
  const given: AnyResourceOptions = typeof options === 'string' ? JSON.parse(options) : options;
  expect(() => policy(given)).toThrowError(
    expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', option: expect.stringContaining(option) }),
  );
});

test("a minDelay above the default maxDelay is not the caller's contradiction", () => {
  expect(policy({ retry: { minDelay: 5_000 } }).engine.retry).toMatchObject({ minDelay: 5_000, maxDelay: 5_000 });
});

test('a maxDelay below the default minDelay is not either', () => {
  expect(policy({ retry: { maxDelay: 10 } }).engine.retry.minDelay).toBeLessThanOrEqual(10);
});

describe('layers', () => {
  test('add up their tables and replace the rest', () => {
    const all = layered([
      {
        merge: { '/a': 'local', '/b': 'local' },
        retry: { attempts: 3 },
        headers: { x: '1' },
        gone: 'error',
        readonly: ['/id'],
      },
      { merge: { '/b': 'remote' }, retry: { deadline: 5 }, headers: { y: '2' }, gone: 'discard', readonly: ['/owner'] },
    ]);
    expect(all).toMatchObject({
      merge: { '/a': 'local', '/b': 'remote' },
      retry: { attempts: 3, deadline: 5 },
      gone: 'discard',
      readonly: ['/owner'],
    });
    expect([...new Headers(all.headers)]).toEqual([
      ['x', '1'],
      ['y', '2'],
    ]);
  });

  test('that say nothing of an option leave it', () => {
    expect(layered([{ gone: 'discard' }, {}])).toMatchObject({ gone: 'discard' });
  });

  test('the later of two rules for a path wins also over the order they were first named in', () => {
    const { merge } = layered([{ merge: { '/*': 'local', '/a': 'local' } }, { merge: { '/*': 'remote' } }]);
    expect(merge).toEqual({ '/*': 'remote', '/a': 'local' });
  });
});
