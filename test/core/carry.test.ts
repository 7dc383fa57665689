import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apply } from '../../src/core/apply.js';
import { carryOver } from '../../src/core/carry.js';
import { compilePatch } from '../../src/core/compile.js';
import { deepEqual } from '../../src/core/deep-equal.js';
import { counter, list, set, text } from '../../src/core/index.js';
import { isThere } from '../../src/core/is-there.js';
import type { JsonValue, Patch } from '../../src/core/json.js';
import { mergeEdit } from '../../src/core/merge-edit.js';
import { mergeRules } from '../../src/core/merge-rules.js';
import type { RebaseOutput } from '../../src/core/rebase-output.js';
import type { MergeRule } from '../../src/core/rule.js';
import { server } from '../../src/core/rules/server.js';
import { json } from './arbitrary.js';
import { forEachMeeting } from './oracle-meeting.js';
import { randomFrom } from './oracle-random.js';
import { trialOf } from './oracle-trial.js';
import { patchFor } from './patch-arbitrary.js';

const RUNS = Number(process.env.LAW_RUNS ?? 4_000);
const FIRST_SEED = Number(process.env.LAW_SEED ?? 1);

interface Both {
  readonly carried: ReturnType<typeof carryOver>;
  readonly merged: Pick<RebaseOutput, 'patch' | 'value' | 'conflicts'> | undefined;
}

/** The short way and the long one. Nothing is merged where remote is what the edit led to already, or what it was made from. */
function both(base: JsonValue, patch: Patch, remote: JsonValue, merge?: Record<string, MergeRule>): Both {
  const rules = mergeRules(merge);
  const operations = compilePatch(patch);
  const task = { base, remote, operations, rules, merge, resolutions: {}, inDoubt: false, wholeIsOne: true };
  const carried = carryOver(base, remote, operations, rules);
  const value = apply(base, patch);
  if (deepEqual(base, remote)) return { carried, merged: { patch, value, conflicts: [] } };
  return { carried, merged: isThere(operations, value, remote) ? undefined : mergeEdit(task) };
}

/** 1 if the edit could be carried over. Then the merge must come to the same, operation by operation. */
function agree({ carried, merged }: Both, call: string): number {
  if (carried === undefined) return 0;
  expect(merged, `remote is what the edit leads to: ${call}`).toBeDefined();
  expect(merged?.conflicts, call).toEqual([]);
  expect(deepEqual(carried.value, merged?.value), call).toBe(true);
  expect(JSON.stringify(carried.patch), call).toBe(JSON.stringify(merged?.patch));
  return 1;
}

test.each([
  ['that may meet', false],
  ['that move things, too', true],
])(`what is carried over is what a merge gives: edits %s, ${RUNS} runs from seed ${FIRST_SEED}`, (_title, moves) => {
  let carried = 0;
  forEachMeeting(FIRST_SEED, RUNS, moves, ({ base, patch, remote }) => {
    carried += agree(both(base, patch, remote), '');
  });
  expect(carried).toBeGreaterThan(RUNS / 40 - 1);
});

test(`disjoint edits are mostly carried over, ${RUNS} runs from seed ${FIRST_SEED}`, () => {
  let carried = 0;
  let merging = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
    const { base, local, remote } = trialOf(seed, 'id');
    if (local.patch.some(({ op }) => op === 'move')) continue;
    merging++;
    carried += agree(both(base, local.patch, remote.document), `LAW_SEED=${seed} LAW_RUNS=1`);
  }
  expect(carried).toBeGreaterThan(merging / 3 - 1);
});

test('any patch on any two documents', () => {
  let carried = 0;
  const wishes = fc.array(fc.tuple(fc.nat({ max: 6 }), fc.nat(), fc.nat(), json), { maxLength: 5 });
  fc.assert(
    fc.property(json, wishes, wishes, (base, mine, theirs) => {
      const { patch } = patchFor(base, mine);
      const { result: remote } = patchFor(base, theirs);
      carried += agree(both(base, patch, remote), JSON.stringify({ base, patch, remote }));
    }),
    { numRuns: 6_000, seed: FIRST_SEED },
  );
  expect(carried).toBeGreaterThan(100);
});

const TABLES: readonly [Record<string, MergeRule>, ...Record<string, MergeRule>[]] = [
  { '/l': set() },
  { '/l': list({ key: 'k' }) },
  { '/o': server() },
  { '/*/n': counter(), '/o/**': 'local' },
  { '/o': { rule: 'atomic' }, '/l/*': 'remote' },
  { '/o': { rule: 'latest', field: '/n' } },
  { '/l/1': text(), '/o/n': server() },
];

/** A short list of few values, so that equal ones stand side by side. */
function listFrom(random: ReturnType<typeof randomFrom>): JsonValue[] {
  return Array.from({ length: random.below(6) }, (): JsonValue => {
    const k = random.below(5);
    return random.below(3) === 0 ? { k, n: random.below(2) } : k;
  });
}

test(`under rules, and in lists of equal values, ${RUNS} runs from seed ${FIRST_SEED}`, () => {
  let carried = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + 3 * RUNS; seed++) {
    const random = randomFrom(seed);
    const base = { l: listFrom(random), o: { n: random.below(3), m: listFrom(random) } };
    const wish = (): [number, number, number, JsonValue] => [
      random.below(7),
      random.below(50),
      random.below(50),
      random.below(2) === 0 ? random.below(5) : { k: random.below(5), n: 1 },
    ];
    const [{ patch }, { result: remote }] = [
      patchFor(base, [wish(), wish(), wish()].slice(0, 1 + random.below(3))),
      patchFor(base, [wish(), wish()]),
    ];
    const merge = seed % 2 === 0 ? undefined : random.pick(TABLES);
    const call = `LAW_SEED=${seed} LAW_RUNS=1: ${JSON.stringify({ base, patch, remote, merge })}`;
    carried += agree(both(base, patch, remote, merge), call);
  }
  expect(carried).toBeGreaterThan(RUNS / 10 - 1);
});
