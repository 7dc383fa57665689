import fc from 'fast-check';
import { isUnconflictError } from 'unconflict';
import { apply, compose, diff, invert, rebase } from 'unconflict/core';
import { describe, expect, test } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene, soon, unhandledDuring } from '../support.js';
import { jsonText, operation } from './arbitrary.js';
import { changesSince, pictureOfGlobals } from './globals.js';

const patches = fc.array(operation, { maxLength: 4 });
/** What a caller without types can hand over. */
const untyped = (value: unknown): never => value as never;

test('whatever is handed to patch(), it is applied as it should be or refused as a whole, and the builtins stay as they are', async () => {
  const before = pictureOfGlobals();
  const unhandled = await unhandledDuring(() =>
    fc.assert(
      fc.asyncProperty(patches, jsonText, async (operations, text) => {
        const on = scene();
        on.server.seed(PATH, JSON.parse(text));
        const handle = on.client.resource<Article>(PATH);
        const { value, version } = await handle.get();
        const outcome = await soon(outcomeOf(handle.patch(untyped(operations))));
        const now = on.server.get(PATH);
        if (outcome instanceof Error) {
          expect(isUnconflictError(outcome), String(outcome)).toBe(true);
          expect(now?.version).toBe(version);
          expect(on.writes()).toEqual([]);
        } else expect(now?.value).toEqual(JSON.parse(JSON.stringify(apply(untyped(value), untyped(operations)))));
      }),
      { numRuns: 300 },
    ),
  );
  expect(unhandled).toEqual([]);
  expect(changesSince(before)).toEqual([]);
});

test('whatever is put into a draft is saved as it is, or refused with its place', async () => {
  const before = pictureOfGlobals();
  const anything = fc.anything({
    key: fc.constantFrom('__proto__', 'constructor', 'toString', 'toJSON', 'then', 'a'),
    maxDepth: 3,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  const unhandled = await unhandledDuring(() =>
    fc.assert(
      fc.asyncProperty(anything, async (value) => {
        const on = scene();
        const handle = on.client.resource<Article & { any?: unknown }>(PATH);
        const outcome = await soon(
          outcomeOf(
            handle.edit((draft) => {
              draft.any = value;
            }),
          ),
        );
        if (outcome instanceof Error) {
          expect(outcome).toMatchObject({ code: 'ERR_INVALID_JSON' });
          expect(on.writes()).toEqual([]);
        } else if (value !== undefined) {
          const { any } = on.server.get<{ any?: unknown }>(PATH)?.value ?? {};
          expect(JSON.stringify(any)).toBe(JSON.stringify(value));
        }
      }),
      { numRuns: 300 },
    ),
  );
  expect(unhandled).toEqual([]);
  expect(changesSince(before)).toEqual([]);
});

describe('the pure functions', () => {
  test('take whatever patch, or refuse it with an error of theirs', () => {
    const before = pictureOfGlobals();
    fc.assert(
      fc.property(jsonText, jsonText, patches, patches, (one, two, first, second) => {
        const [base, remote] = [JSON.parse(one), JSON.parse(two)];
        const texts = [JSON.stringify(base), JSON.stringify(remote)];
        const calls = [
          () => apply(base, untyped(first)),
          () => compose(base, untyped(first), untyped(second)),
          () => invert(base, untyped(first)),
          () => rebase({ base, remote, patch: untyped(first) }),
          () => rebase({ base, remote, patch: untyped(first), inDoubt: true }),
          () => diff(base, remote),
        ];
        for (const call of calls) {
          try {
            call();
          } catch (error) {
            expect(isUnconflictError(error), String(error)).toBe(true);
          }
        }
        expect([JSON.stringify(base), JSON.stringify(remote)]).toEqual(texts);
      }),
      { numRuns: 1_000 },
    );
    expect(changesSince(before)).toEqual([]);
  });

  test('a picture of the builtins does show a change', () => {
    const before = pictureOfGlobals();
    Object.defineProperty(Object.prototype, 'polluted', { value: 1, configurable: true });
    const changes = changesSince(before);
    Reflect.deleteProperty(Object.prototype, 'polluted');
    expect(changes).toEqual(['[object Object] polluted']);
    expect(DRAFT).not.toHaveProperty('polluted');
  });
});
