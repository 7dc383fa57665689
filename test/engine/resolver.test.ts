import { describe, expect, test } from 'vitest';
import type { EditEvent } from '../../src/contract/events.js';
import type { ConflictContext, ConflictResolver } from '../../src/contract/resolver.js';
import { ConflictError } from '../../src/errors/conflict-error.js';
import { settle } from './fake-clock.js';
import { accepted, answered, found } from './fake-port.js';
import type { PolicyChange } from './fake-run.js';
import { bench, outcomeOf } from './fake-run.js';

const v1 = { value: { a: 1, b: 1 }, version: '"1"' };
const local = Object.freeze({ a: 2, b: 1 });

/** An edit of a, while others have changed a and b. */
async function asked(resolve: ConflictResolver<unknown>, change: PolicyChange = {}) {
  const on = bench(
    { writes: [answered(412), accepted('"3"')], reads: [found('"2"', { a: 7, b: 9 })] },
    { resolve, ...change },
  );
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, { ...local }));
  await on.clock.advance(60_000);
  return { on, outcome: await outcome };
}

const written = ({ on }: Awaited<ReturnType<typeof asked>>): unknown => {
  const last = on.port.writes[1];
  return last?.kind === 'update' ? last.local : undefined;
};

describe('an answer that would write what `readonly` protects ends as a conflict, and nothing is sent', () => {
  test.each<[string, ConflictResolver<unknown>]>([
    ['a whole value', () => ({ value: { a: 5, b: 5 } })],
    [
      'a whole value, for the latest',
      async ({ edit }) => {
        await edit?.latest();
        return { value: { a: 5, b: 5 } };
      },
    ],
    ['a resolution', () => ({ resolutions: { '/a': { value: { id: 1 } } } })],
  ])('%s', async (_title, resolve) => {
    const { on, outcome } = await asked(resolve, { readonly: ['/b', '/a/id'] });
    expect(outcome).toBeInstanceOf(ConflictError);
    expect(outcome).toMatchObject({ cause: { code: 'ERR_READONLY_PATH' } });
    expect(on.port.writes).toHaveLength(1);
  });

  test('but one that leaves it alone is taken', async () => {
    expect(written(await asked(() => ({ value: { a: 5, b: 9 } }), { readonly: ['/b'] }))).toEqual({ a: 5, b: 9 });
    expect(written(await asked(() => 'local', { readonly: ['/b'] }))).toEqual({ a: 2, b: 9 });
  });
});

describe('an answer', () => {
  test("'local' sends the local value at the conflict and remote's everywhere else", async () => {
    const result = await asked(() => 'local');
    expect(written(result)).toEqual({ a: 2, b: 9 });
    expect(result.outcome).toMatchObject({ resolved: [{ by: 'resolver', resolution: 'local', path: '/a' }] });
  });

  test("'remote' leaves nothing to send", async () => {
    const result = await asked(() => 'remote');
    expect(result.on.port.writes).toHaveLength(1);
    expect(result.outcome).toMatchObject({ value: { a: 7, b: 9 }, version: '"2"', patch: [] });
  });

  test("'discard' keeps remote and resolves", async () => {
    const result = await asked(() => 'discard');
    expect(result.on.port.writes).toHaveLength(1);
    expect(result.outcome).toMatchObject({ value: { a: 7, b: 9 }, resolved: [{ resolution: 'remote' }] });
  });

  test('with a value sends that value', async () => {
    const result = await asked(() => ({ value: { a: 5, b: 5, c: 5 } }));
    expect(written(result)).toEqual({ a: 5, b: 5, c: 5 });
    expect(result.outcome).toMatchObject({ resolved: [{ by: 'resolver', resolution: { value: 5 }, path: '/a' }] });
  });

  test('with resolutions settles each conflict', async () => {
    const result = await asked(() => ({ resolutions: { '/a': { value: 6 } } }));
    expect(written(result)).toEqual({ a: 6, b: 9 });
  });

  test('given later does as well', async () => {
    const result = await asked(async () => {
      await settle();
      return 'local' as const;
    });
    expect(written(result)).toEqual({ a: 2, b: 9 });
  });
});

const giveUps: [title: string, resolve: ConflictResolver<unknown>, cause: RegExp | undefined][] = [
  ["'abort' rejects", () => 'abort', undefined],
  ['undefined rejects', () => undefined, undefined],
  [
    'a resolver that throws rejects with that as the cause',
    () => {
      throw new Error('the dialog broke');
    },
    /the dialog broke/,
  ],
  [
    'one that rejects does too',
    async () => {
      throw new Error('the dialog broke');
    },
    /the dialog broke/,
  ],
  ['a number is no answer', () => JSON.parse('7'), /answered 7.*'local'/],
  ['null is no answer', () => JSON.parse('null'), /answered null/],
  ["'mine' is no answer", () => JSON.parse('"mine"'), /answered "mine"/],
  ['{} is no answer', () => JSON.parse('{}'), /answered {}/],
  ['resolutions that are no table are no answer', () => JSON.parse('{"resolutions":null}'), /answered/],
  ['a resolution where there is no conflict is told', () => ({ resolutions: { '/b': 'local' } }), /"\/b".*"\/a"/],
  ['a resolution that is none is told', () => JSON.parse('{"resolutions":{"/a":"ours"}}'), /ours/],
  ['a value that JSON cannot carry is told', () => ({ value: { a: new Date(0) } }), /Date/],
  ['a value that is missing is told', () => ({ value: undefined }), /undefined/],
];
test.each(giveUps)('%s, and nothing is sent', async (_title, resolve, cause) => {
  const { on, outcome } = await asked(resolve);
  expect(outcome).toBeInstanceOf(ConflictError);
  expect(on.port.writes).toHaveLength(1);
  if (!(outcome instanceof ConflictError)) return;
  if (cause === undefined) expect(outcome.cause).toBeUndefined();
  else expect(String(outcome.cause)).toMatch(cause);
  expect(outcome).toMatchObject({ base: v1.value, local, remote: { a: 7, b: 9 }, merged: { a: 7, b: 9 }, attempts: 1 });
});

test('a resolver that takes longer than hookDeadline is told to stop, and nothing is sent', async () => {
  let given: AbortSignal | undefined;
  const { on, outcome } = await asked(
    ({ signal }) => {
      given = signal;
      return new Promise<never>(() => {});
    },
    { retry: { hookDeadline: 5_000, deadline: 1_000 } },
  );
  expect(outcome).toBeInstanceOf(ConflictError);
  expect(outcome).toMatchObject({ cause: { name: 'TimeoutError' }, local });
  expect(given?.reason).toMatchObject({ name: 'TimeoutError' });
  expect(on.port.writes).toHaveLength(1);
  expect(on.clock.pending).toBe(0);
});

test('one that answers within hookDeadline is as good as any', async () => {
  const result = await asked(
    async () => {
      await settle();
      return 'local' as const;
    },
    // The clock is put forward by less than this.
    { retry: { hookDeadline: 120_000 } },
  );
  expect(written(result)).toEqual({ a: 2, b: 9 });
  await settle();
  expect(result.on.clock.pending).toBe(0);
});

test('an answer that settles only some conflicts leaves an error that names the others', async () => {
  const on = bench(
    { writes: [answered(412)], reads: [found('"2"', { a: 7, b: 9 })] },
    { resolve: () => ({ resolutions: { '/a': 'local' } }) },
  );
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, { a: 2, b: 2 }));
  await on.clock.advance(1_000);
  await expect(outcome).resolves.toMatchObject({ code: 'ERR_CONFLICT', conflicts: [{ basePath: '/b' }] });
});

describe('the context', () => {
  test('holds everything to decide by', async () => {
    const contexts: ConflictContext<unknown>[] = [];
    await asked((context) => {
      contexts.push(context);
      return 'local';
    });
    expect(contexts).toHaveLength(1);
    expect(contexts[0]).toMatchObject({
      reason: 'stale',
      url: 'https://example.com/a',
      base: v1.value,
      local,
      remote: { a: 7, b: 9 },
      merged: { a: 7, b: 9 },
      conflicts: [{ path: '/a' }],
      patch: [{ op: 'replace', path: '/a', value: 2 }],
      attempt: 1,
    });
    expect(Object.isFrozen(contexts[0])).toBe(true);
  });

  test('cannot be used to change what is merged or sent', async () => {
    const result = await asked((context) => {
      for (const value of [context.local, context.remote, context.merged, context.patch, context.conflicts]) {
        try {
          Object.assign(value ?? {}, { a: 'smuggled', 0: 'smuggled' });
        } catch {
          // A frozen value says so: as good.
        }
      }
      return 'local';
    });
    expect(written(result)).toEqual({ a: 2, b: 9 });
    expect(result.on.resource.state?.value).toEqual({ a: 2, b: 9 });
  });

  test("'s signal aborts when the caller gives up, and the edit ends with the caller's reason", async () => {
    let signal: AbortSignal | undefined;
    const on = bench(
      { writes: [answered(412)], reads: [found('"2"', { a: 7, b: 9 })] },
      {
        resolve: (context) => {
          signal = context.signal;
          return new Promise(() => {});
        },
      },
    );
    on.resource.keep(v1, false);
    const controller = new AbortController();
    const outcome = outcomeOf(on.submit(v1, { ...local }, { signal: controller.signal }));
    await on.clock.advance(1_000);
    expect(on.resource.status).toBe('conflicted');
    controller.abort('mine');
    await expect(outcome).resolves.toBe('mine');
    expect(signal?.aborted).toBe(true);
    await on.queue.settled();
    expect(on.clock.pending).toBe(0);
    expect(on.told()).not.toContain('in-doubt');
  });
});

describe('time', () => {
  test('stands still while a person decides', async () => {
    let answer: (value: 'local') => void = () => {};
    const on = bench(
      { writes: [answered(412), accepted('"3"')], reads: [found('"2"', { a: 7, b: 9 })] },
      { retry: { deadline: 5_000 }, resolve: () => new Promise((settled) => (answer = settled)) },
    );
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { ...local }));
    await on.clock.advance(3_600_000);
    answer('local');
    await on.clock.advance(1_000);
    await expect(outcome).resolves.toMatchObject({ version: '"3"' });
  });

  test('a closing client ends an open resolver: the conflict is told, and why', async () => {
    const on = bench(
      { writes: [answered(412)], reads: [found('"2"', { a: 7, b: 9 })] },
      { resolve: () => new Promise(() => {}) },
    );
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { ...local }));
    await on.clock.advance(1_000);
    on.closing.abort(new Error('closed'));
    await on.clock.advance(1);
    await expect(outcome).resolves.toBeInstanceOf(ConflictError);
    await on.queue.settled();
    expect(on.clock.pending).toBe(0);
  });
});

describe('asked again', () => {
  test('only where remote has something else at the conflict than when it was answered', async () => {
    let asks = 0;
    const on = bench(
      {
        writes: [answered(412), answered(412), answered(412), accepted('"5"')],
        reads: [found('"2"', { a: 7, b: 9 }), found('"3"', { a: 7, b: 10 }), found('"4"', { a: 8, b: 10 })],
      },
      {
        resolve: () => {
          asks += 1;
          return 'local';
        },
      },
    );
    on.resource.keep(v1, false);
    const outcome = outcomeOf(on.submit(v1, { ...local }));
    await on.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ value: { a: 2, b: 10 }, attempts: 4 });
    expect(asks).toBe(2);
  });
});

test('events tell what was answered and how long it took', async () => {
  const { on } = await asked(() => 'local');
  expect(on.told()).toEqual([
    'attempt',
    'stale',
    'wait',
    'refetch',
    'rebase',
    'resolve',
    'rebase',
    'attempt',
    'accepted',
  ]);
  expect(on.events.find(({ type }) => type === 'resolve')).toEqual({
    type: 'resolve',
    attempt: 1,
    answer: 'local',
    ms: 0,
  });
});

describe("what a resolver gives stays its author's:", () => {
  const given = { deep: { list: [1] } };
  test.each<[what: string, resolve: ConflictResolver<unknown>]>([
    ['a whole value', () => ({ value: given })],
    ['a value for one place', () => ({ resolutions: { '/a': { value: given } } })],
  ])('%s is neither frozen nor kept', async (_what, resolve) => {
    const { on } = await asked(resolve);
    expect(on.port.writes).toHaveLength(2);
    expect(Object.isFrozen(given) || Object.isFrozen(given.deep.list)).toBe(false);
  });

  test('what a merge rule gives, too', async () => {
    const { on } = await asked(() => 'abort', { merge: { '/a': () => ({ value: given }) } });
    expect(on.port.writes).toHaveLength(2);
    expect(Object.isFrozen(given) || Object.isFrozen(given.deep.list)).toBe(false);
  });
});

test('a listener that empties the conflicts it is told of changes nothing', async () => {
  const on = bench({ writes: [answered(412), accepted('"3"')], reads: [found('"2"', { a: 7, b: 9 })] });
  on.resource.keep(v1, false);
  const emit = (event: EditEvent): void => {
    if (event.type === 'rebase') expect(() => Object.assign(event.conflicts, { length: 0 })).toThrow(TypeError);
  };
  const outcome = outcomeOf(on.submit(v1, { ...local }, { emit }));
  await on.clock.advance(5_000);
  await expect(outcome).resolves.toBeInstanceOf(ConflictError);
});

test('a look that a resolver begins and does not wait for is told of no more once the edit has ended', async () => {
  let answer: () => void = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  const late = held.then(() => found('"3"', { a: 8, b: 9 }));
  const on = bench(
    { writes: [answered(412)], reads: [found('"2"', { a: 7, b: 9 }), () => late] },
    {
      resolve: (context) => {
        context.edit?.latest().catch(() => {});
        return 'abort';
      },
    },
  );
  on.resource.keep(v1, false);
  const outcome = outcomeOf(on.submit(v1, { ...local }));
  await on.clock.advance(1_000);
  await outcome;
  answer();
  await on.clock.advance(1_000);
  expect(on.told().at(-1)).toBe('rejected');
});
