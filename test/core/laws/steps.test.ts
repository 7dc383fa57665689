import { describe, expect, test } from 'vitest';
import type { JsonValue, Patch } from '../../../src/core/index.js';
import { apply, rebase } from '../../../src/core/index.js';
import { tell } from '../oracle/meeting.js';
import { overlapDocument, overlapEdit } from '../oracle/overlap.js';
import type { Random } from '../oracle/random.js';
import { randomFrom } from '../oracle/random.js';
import { trialOf } from '../oracle/trial.js';
import { equal } from '../tools.js';

const RUNS = Number(process.env.LAW_RUNS ?? 800);
const FIRST_SEED = Number(process.env.LAW_SEED ?? 1);
const seeds = Array.from({ length: RUNS }, (_, at) => FIRST_SEED + at);

/** The documents a patch goes through, the last one included. */
function stops(base: JsonValue, patch: Patch, every: number): JsonValue[] {
  const documents = patch.map((_, at) => apply(base, patch.slice(0, at + 1)));
  return documents.filter((_, at) => at === patch.length - 1 || at % every === 0);
}

describe(`rebasing step by step, ${RUNS} runs from seed ${FIRST_SEED}`, () => {
  test('is rebasing at once, where nothing overlaps', () => {
    for (const seed of seeds) {
      const { base, local, remote, right } = trialOf(seed, 'id');
      let here = base;
      let patch: Patch = [...local.patch];
      for (const next of stops(base, remote.patch, 1 + (seed % 3))) {
        const step = rebase({ base: here, patch, remote: next });
        expect(step.conflicts, `seed ${seed}`).toEqual([]);
        patch = step.patch;
        here = next;
      }
      expect(apply(here, patch), `seed ${seed}`).toEqual(right);
    }
  });

  test('the original onto the newest remote finds every conflict; a chain must not be used for that', () => {
    // Remote changes a member and changes it back: the chain has lost the edit, the original has not.
    const base = { a: 1 };
    const chain = rebase({
      base: { a: 2 },
      patch: rebase({ base, patch: [{ op: 'replace', path: '/a', value: 9 }], remote: { a: 2 } }).patch,
      remote: { a: 3 },
    });
    const direct = rebase({ base, patch: [{ op: 'replace', path: '/a', value: 9 }], remote: { a: 3 } });
    expect(chain.conflicts).toEqual([]);
    expect(direct.conflicts.map(({ path }) => path)).toEqual(['/a']);
  });

  test('answers given once hold for later remotes, where remote has not changed at their places', () => {
    const base = {
      a: 1,
      b: 1,
      l: [
        { id: 1, v: 1 },
        { id: 2, v: 1 },
      ],
    };
    const patch: Patch = [
      { op: 'replace', path: '/a', value: 2 },
      { op: 'replace', path: '/l/1/v', value: 2 },
    ];
    const first = rebase({
      base,
      patch,
      remote: {
        a: 3,
        b: 1,
        l: [
          { id: 1, v: 1 },
          { id: 2, v: 3 },
        ],
      },
    });
    const resolutions = Object.fromEntries(first.conflicts.map(({ basePath }) => [basePath, 'local' as const]));
    const later = rebase({
      base,
      patch,
      resolutions,
      remote: {
        a: 3,
        b: 7,
        l: [
          { id: 0, v: 0 },
          { id: 2, v: 3 },
          { id: 1, v: 1 },
        ],
      },
    });
    expect(later.conflicts).toEqual([]);
    expect(later.value).toEqual({
      a: 2,
      b: 7,
      l: [
        { id: 0, v: 0 },
        { id: 2, v: 2 },
        { id: 1, v: 1 },
      ],
    });
  });
});

/** Operations that do not depend on one another: each sets or removes a member of its own. */
function independent(document: JsonValue, random: Random): Patch {
  const found: Patch = [];
  for (let wish = 0; wish < 12; wish++) {
    const [operation] = overlapEdit(document, random, 1, { moves: false }).patch;
    if (operation === undefined || /\/l\/\d+$/.test(operation.path)) continue;
    const apart = found.every(
      ({ path }) => !`${path}/`.startsWith(`${operation.path}/`) && !`${operation.path}/`.startsWith(`${path}/`),
    );
    if (apart) found.push(operation);
  }
  return found;
}

function shuffled(patch: Patch, random: Random): Patch {
  return patch
    .map((operation) => ({ operation, order: random.below(1e9) }))
    .sort((a, b) => a.order - b.order)
    .map(({ operation }) => operation);
}

test(`operations that commute give the same in any order, ${RUNS} runs from seed ${FIRST_SEED}`, () => {
  for (const seed of seeds) {
    const random = randomFrom(seed);
    const base = overlapDocument(random);
    const patch = independent(base, random);
    const remote = overlapEdit(base, random, 6, { moves: true }).document;
    const local = apply(base, patch);
    const one = rebase({ base, patch, remote });
    const other = rebase({ base, patch: shuffled(patch, random), remote });
    expect(equal(one.value, other.value), `seed ${seed}: ${JSON.stringify({ base, patch, remote })}`).toBe(true);
    expect(tell({ base, local }, other.conflicts), `seed ${seed}`).toEqual(tell({ base, local }, one.conflicts));
  }
});
