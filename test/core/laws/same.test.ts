import { describe, expect, test } from 'vitest';
import type { JsonValue, MergeConflict, Patch } from '../../../src/core/index.js';
import { apply, compose, diff, invert, list, rebase } from '../../../src/core/index.js';
import { overlapDocument, overlapEdit } from '../oracle/overlap.js';
import { randomFrom } from '../oracle/random.js';
import { copyTree, patternsOf, plantTree, writeTree } from '../oracle/tree.js';
import type { Wish } from '../oracle/tree-edit.js';
import { grant, handOn } from '../oracle/tree-edit.js';
import { equal, shuffled } from '../tools.js';

const RUNS = Number(process.env.LAW_RUNS ?? 400);
const FIRST_SEED = Number(process.env.LAW_SEED ?? 1);
const WISHES: readonly [Wish, ...Wish[]] = ['edit', 'insert', 'remove', 'carry', 'reorder', 'empty'];

interface Meeting {
  readonly base: JsonValue;
  readonly patch: Patch;
  readonly local: JsonValue;
  readonly remote: JsonValue;
  readonly patterns: readonly string[];
}

/** Edits of one document that may meet anywhere: of a tree of things by every second seed, of members and items by the others. */
function meetingOf(seed: number): Meeting {
  const random = randomFrom(seed);
  const most = random.pick([1, 3, 6]);
  if (seed % 2 === 0) {
    const base = overlapDocument(random);
    const local = overlapEdit(base, random, 1 + random.below(most), { moves: true });
    const remote = overlapEdit(base, random, 1 + random.below(most), { moves: true });
    return { base, patch: local.patch, local: local.document, remote: remote.document, patterns: [] };
  }
  const base = plantTree(random, random.pick(['board', 'lanes', 'blocks']), 'id');
  const hands = ['L', 'R'].map((mark) => {
    const hand = handOn(copyTree(base), mark);
    for (let count = 1 + random.below(most); count > 0; count--) grant(hand, random, random.pick(WISHES));
    return hand;
  });
  const [local, remote] = hands;
  if (local === undefined || remote === undefined) throw new Error('two hands');
  const patterns = base.style === 'lanes' ? [] : patternsOf(base.style);
  return {
    base: writeTree(base),
    patch: local.patch,
    local: writeTree(local.tree),
    remote: writeTree(remote.tree),
    patterns,
  };
}

function forEach(law: (meeting: Meeting, told: string) => void): void {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
    const meeting = meetingOf(seed);
    const { base, patch, remote } = meeting;
    law(meeting, `LAW_SEED=${seed} LAW_RUNS=1: ${JSON.stringify({ base, patch, remote })}`);
  }
}

const tell = (conflicts: readonly MergeConflict[]): string[] =>
  conflicts.map(({ kind, basePath, path }) => `${kind} ${basePath} ${path}`).sort();

describe(`the same edit said otherwise, ${RUNS} runs from seed ${FIRST_SEED}`, () => {
  test('the order of members is nothing, in whichever document', () => {
    forEach(({ base, patch, remote }, told) => {
      const one = rebase({ base, patch, remote });
      for (const other of [
        rebase({ base, patch, remote: shuffled(remote) }),
        rebase({ base: shuffled(base), patch, remote }),
      ]) {
        expect(tell(other.conflicts), told).toEqual(tell(one.conflicts));
        expect(equal(other.value, one.value), told).toBe(true);
      }
    });
  });

  test('a key that is inferred may be declared', () => {
    forEach(({ base, patch, remote, patterns }, told) => {
      // The members of one object are siblings for a rule, and have to be recognised without.
      if (patterns.length === 0 || patterns[0] === '/blocks') return;
      const merge = Object.fromEntries(patterns.map((path) => [path, list({ key: 'id' })]));
      const [one, other] = [rebase({ base, patch, remote }), rebase({ base, patch, remote, merge })];
      expect(tell(other.conflicts), told).toEqual(tell(one.conflicts));
      expect(equal(other.value, one.value), told).toBe(true);
    });
  });

  test('a clean merge, rebased onto what came of it, has nothing left to send, and in doubt it has landed', () => {
    forEach(({ base, patch, remote, local }, told) => {
      const { value, conflicts } = rebase({ base, patch, remote });
      if (conflicts.length > 0 || equal(base, local) || equal(value, base)) return;
      const again = rebase({ base, patch, remote: value, inDoubt: true });
      expect(again.landed, told).not.toBe('no');
      if (again.landed !== 'yes') return;
      expect([again.patch, again.conflicts], told).toEqual([[], []]);
    });
  });

  test('all answered, by whichever side, nothing is open', () => {
    forEach(({ base, patch, remote }, told) => {
      const { conflicts, value } = rebase({ base, patch, remote });
      for (const answer of ['local', 'remote'] as const) {
        const resolutions = Object.fromEntries(conflicts.map(({ basePath }) => [basePath, answer]));
        const closed = rebase({ base, patch, remote, resolutions });
        expect(tell(closed.conflicts), `${answer} ${told}`).toEqual([]);
        expect(equal(apply(remote, closed.patch), closed.value), told).toBe(true);
        if (answer === 'remote') expect(equal(closed.value, value), told).toBe(true);
      }
    });
  });
});

describe(`patches, ${RUNS} runs from seed ${FIRST_SEED}`, () => {
  test('apply(a, diff(a, b)) is b, and a carried card is a move', () => {
    forEach(({ base, local, remote }, told) => {
      for (const [from, to] of [
        [base, local],
        [base, remote],
        [local, remote],
      ] as const)
        expect(equal(apply(from, diff(from, to)), to), told).toBe(true);
      expect(diff(base, shuffled(base)), told).toEqual([]);
    });
  });

  test('apply(apply(B, P), invert(B, P)) is B', () => {
    forEach(({ base, patch, local }, told) => expect(equal(apply(local, invert(base, patch)), base), told).toBe(true));
  });

  test('apply(B, compose(B, P, Q)) is apply(apply(B, P), Q)', () => {
    forEach(({ base, patch, local, remote }, told) => {
      const next = diff(local, remote);
      expect(equal(apply(base, compose(base, patch, next)), remote), told).toBe(true);
    });
  });
});
