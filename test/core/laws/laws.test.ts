import fc from 'fast-check';
import type { Operation } from 'fast-json-patch';
import { describe, expect, test } from 'vitest';
import type { ConflictKind, JsonValue, MergeRule, Patch, Resolution } from '../../../src/core/index.js';
import { apply, atomic, compose, counter, diff, invert, list, rebase, set, text } from '../../../src/core/index.js';
import { edited } from '../arbitrary.js';
import { documentAndWishes, patchFor } from '../patch/arbitrary.js';
import { equal, freeze } from '../tools.js';

/** `LAW_TIMES=20` runs every law twenty times as often. */
const TIMES = Number(process.env.LAW_TIMES ?? 1);

interface Call {
  readonly base: JsonValue;
  readonly patch: Patch;
  readonly local: JsonValue;
  readonly remote: JsonValue;
}

/** Any document, and any two edits of it: all six operations, lists in lists, duplicates, hostile names, keyed items. */
const calls: fc.Arbitrary<Call> = documentAndWishes.map((wished) => {
  const [base, here, there] = structuredClone(wished);
  const { patch, result } = patchFor(base, here);
  const remote = patchFor(base, there).result;
  for (const document of [base, result, remote]) freeze(document);
  return { base, patch, local: result, remote };
});

/** The other side changed only a few things, as in life. */
const nearCalls: fc.Arbitrary<Call> = fc.tuple(edited, documentAndWishes).map(([pair, [, wishes]]) => {
  // Copies: what is frozen here would be frozen in the generator's own hands, too.
  const [base, remote] = structuredClone(pair);
  const { patch, result } = patchFor(base, wishes);
  for (const document of [base, result, remote]) freeze(document);
  return { base, patch, local: result, remote };
});

const rules: fc.Arbitrary<Record<string, MergeRule>> = fc.dictionary(
  fc.constantFrom('', '/*', '/**', '/a', '/**/b', '/*/*', '/**/v'),
  fc.constantFrom<MergeRule[]>(
    'local',
    'remote',
    'manual',
    list({ key: 'id' }),
    list({ key: ['id', 'v'] }),
    set(),
    counter(),
    counter({ min: 0, max: 2 }),
    text(),
    text({ by: 'character' }),
    atomic(),
    { rule: 'merge' },
    () => undefined,
    () => 'base',
    () => ({ value: 7 }),
  ),
  { maxKeys: 3 },
);

const onlyTests = (patch: readonly Operation[]): boolean => patch.length > 0 && patch.every(({ op }) => op === 'test');
const law = <T>(arbitrary: fc.Arbitrary<T>, runs: number, holds: (input: T) => void): void =>
  fc.assert(fc.property(arbitrary, holds), { numRuns: runs * TIMES });

describe.each<[string, fc.Arbitrary<Call>, number]>([
  ['any two edits', calls, 3_000],
  ['a few changes on the other side', nearCalls, 3_000],
])('%s', (_name, arbitrary, runs) => {
  test('identity: rebase(B, P, B) is P', () =>
    law(arbitrary, runs, ({ base, patch, local }) => {
      const output = rebase({ base, patch, remote: base });
      expect(output.patch).toEqual(patch);
      expect(equal(output.value, local)).toBe(true);
      expect(output.conflicts).toEqual([]);
    }));

  test('a conflict over the whole tells what the patch has made', () =>
    law(arbitrary, runs / 3, ({ base, patch, local }) => {
      const { conflicts } = rebase({ base, patch, remote: Array.isArray(base) ? {} : [] });
      const whole = conflicts.find(({ basePath, kind }) => basePath === '' && kind !== 'test-failed');
      if (whole !== undefined) expect(whole.local.present && equal(whole.local.value, local)).toBe(true);
    }));

  test('no-op: rebase(B, [], R) is []', () =>
    law(arbitrary, runs / 3, ({ base, remote }) => {
      const output = rebase({ base, patch: [], remote });
      expect([output.patch, output.conflicts]).toEqual([[], []]);
      expect(equal(output.value, remote)).toBe(true);
    }));

  test('landed: rebase(B, P, L) is [], in doubt and not', () =>
    law(arbitrary, runs, ({ base, patch, local }) => {
      // Remote is base as well: then the edit is still to be made.
      if (equal(base, local)) return;
      for (const inDoubt of [false, true]) {
        const output = rebase({ base, patch, remote: local, inDoubt });
        expect([output.patch, output.conflicts]).toEqual([[], []]);
        if (inDoubt) expect(output.landed).toBe('yes');
      }
    }));

  test('in doubt, what an edit takes back again tells nothing: what it does beside that decides', () =>
    law(
      fc.tuple(arbitrary, fc.constantFrom([0, 'no'], [1, 'yes'], [2, 'unknown'] as const)),
      runs / 3,
      ([scene, [v, landed]]) => {
        const below = [...scene.patch, ...invert(scene.base, scene.patch)].map((operation) => ({
          ...operation,
          path: `/idle${operation.path}`,
          ...('from' in operation && { from: `/idle${operation.from}` }),
        }));
        const output = rebase({
          base: { idle: scene.base, v: 0 },
          patch: [...below, { op: 'replace', path: '/v', value: 1 }],
          remote: { idle: scene.remote, v },
          inDoubt: true,
        });
        expect(output.landed).toBe(landed);
      },
    ));

  test('the patch applies and gives the value, open conflicts or not, whatever the rules', () =>
    law(fc.tuple(arbitrary, rules, fc.boolean()), runs, ([{ base, patch, remote }, merge, inDoubt]) => {
      const output = rebase({ base, patch, remote, merge, inDoubt });
      expect(equal(apply(remote, output.patch), output.value)).toBe(true);
      expect(new Set(output.conflicts.map(({ basePath }) => basePath)).size).toBe(output.conflicts.length);
    }));

  test('the edit given as a value: the same laws', () =>
    law(arbitrary, runs, ({ base, local, remote }) => {
      const output = rebase({ base, local, remote });
      expect(equal(apply(remote, output.patch), output.value)).toBe(true);
      expect(rebase({ base, local, remote: base }).patch).toEqual(diff(base, local));
      expect(rebase({ base, local, remote: local }).patch).toEqual([]);
    }));

  test('answers close what they name: all the same, or any mixture', () =>
    law(
      fc.tuple(
        arbitrary,
        fc.array(fc.constantFrom<Resolution[]>('local', 'remote', 'base', 'remove', { value: 'answer' }), {
          minLength: 1,
        }),
      ),
      runs,
      ([call, answers]) => {
        const open = rebase(call).conflicts;
        const resolutions = Object.fromEntries(
          open.map(({ basePath }, at) => [basePath, answers[at % answers.length] ?? 'local']),
        );
        const closed = rebase({ base: call.base, patch: call.patch, remote: call.remote, resolutions });
        expect(equal(apply(call.remote, closed.patch), closed.value)).toBe(true);
        const kinds: ConflictKind[] = open.map(({ kind }) => kind);
        // What stood behind a failed test is looked at only when that is answered.
        if (!kinds.includes('test-failed')) expect(closed.conflicts).toEqual([]);
      },
    ));

  test('where only one side changed, its value is there', () =>
    law(arbitrary, runs / 3, ({ base, patch, local, remote }) => {
      if (onlyTests(patch) || patch.some(({ op }) => op === 'test')) return;
      expect(equal(rebase({ base, patch, remote: base }).value, local)).toBe(true);
      expect(equal(rebase({ base, local: base, remote }).value, remote)).toBe(true);
    }));

  test('a patch in two parts is the patch: compose and rebase agree', () =>
    law(arbitrary, runs / 3, ({ base, patch, remote }) => {
      const half = Math.floor(patch.length / 2);
      const whole = compose(base, patch.slice(0, half), patch.slice(half));
      const output = rebase({ base, patch: whole, remote });
      expect(equal(apply(remote, output.patch), output.value)).toBe(true);
      expect(equal(apply(base, whole), apply(base, patch))).toBe(true);
    }));
});
