import { describe, expect, test } from 'vitest';
import type { MergeConflict, RebaseOutput, Resolution } from '../../../src/core/index.js';
import { apply, diff, rebase } from '../../../src/core/index.js';
import type { Reference } from '../oracle/image.js';
import { imageOf, referenceMerge } from '../oracle/image.js';
import type { Meeting } from '../oracle/meeting.js';
import { forEachMeeting, tell, tellReference } from '../oracle/meeting.js';
import { isSubsequence, orderOf } from '../oracle/order.js';
import { equal } from '../tools.js';

const RUNS = Number(process.env.LAW_RUNS ?? 800);
const FIRST_SEED = Number(process.env.LAW_SEED ?? 1);
const forEach = (moves: boolean, law: (meeting: Meeting) => void): void => forEachMeeting(FIRST_SEED, RUNS, moves, law);

function referenceOf({ base, local, remote }: Meeting, keep: 'local' | 'remote' = 'remote'): Reference {
  return referenceMerge(imageOf(base), imageOf(local), imageOf(remote), keep);
}

function rebased({ base, patch, remote }: Meeting, resolutions: Record<string, Resolution> = {}): RebaseOutput {
  return rebase({ base, patch, remote, resolutions });
}

function answered(meeting: Meeting, resolution: Resolution): RebaseOutput {
  const { conflicts } = rebased(meeting);
  return rebased(meeting, Object.fromEntries(conflicts.map(({ basePath }) => [basePath, resolution])));
}

/** Conflicts that the reference does not see, since images know no order: an item moved here (be it by removal and addition) and gone there. */
function unforeseen(meeting: Meeting, conflicts: readonly MergeConflict[]): string[] {
  const right = tellReference(referenceOf(meeting).conflicts);
  return tell(meeting, conflicts).filter((line) => !right.includes(line));
}

describe.each([
  ['edits that add, remove and replace', false],
  ['edits that move, too', true],
])(`%s, ${RUNS} meetings from seed ${FIRST_SEED}`, (_name, moves) => {
  test('the patch applies and gives the value; some meetings have conflicts, some have none', () => {
    let open = 0;
    forEach(moves, (meeting) => {
      if (rebased(meeting).conflicts.length > 0) open++;
      const { patch, value } = rebased(meeting);
      expect(equal(apply(meeting.remote, patch), value)).toBe(true);
    });
    expect(open).toBeGreaterThan(RUNS / 20 - 1);
    expect(open).toBeLessThan((RUNS * 19) / 20 + 1);
  });

  test('what merged is what the table says: nothing lost, nothing doubled', () => {
    forEach(moves, (meeting) => expect(imageOf(rebased(meeting).value)).toEqual(referenceOf(meeting).value));
  });

  test('what conflicts is what the table says', () => {
    forEach(moves, (meeting) => {
      const { conflicts } = rebased(meeting);
      expect(tell(meeting, conflicts)).toEqual(expect.arrayContaining(tellReference(referenceOf(meeting).conflicts)));
      for (const line of unforeseen(meeting, conflicts)) expect(line).toMatch(/^modify-delete .*\/#\d+$/);
      expect(new Set(conflicts.map(({ basePath }) => basePath)).size).toBe(conflicts.length);
    });
  });

  test("all answered 'remote': remote's side everywhere, nothing open", () => {
    forEach(moves, (meeting) => {
      const closed = answered(meeting, 'remote');
      expect(closed.conflicts).toEqual([]);
      expect(closed.value).toEqual(rebased(meeting).value);
    });
  });

  test("all answered 'local': local's side everywhere, nothing open", () => {
    forEach(moves, (meeting) => {
      const closed = answered(meeting, 'local');
      expect(closed.conflicts).toEqual([]);
      if (closed.resolved.some(({ kind }) => kind === 'move') || unforeseen(meeting, closed.resolved).length > 0)
        return;
      expect(imageOf(closed.value)).toEqual(referenceOf(meeting, 'local').value);
      expect(equal(apply(meeting.remote, closed.patch), closed.value)).toBe(true);
    });
  });

  test('no list gets a key twice, and a side that alone reordered a list has its order', () => {
    forEach(moves, (meeting) => {
      const { value, conflicts } = rebased(meeting);
      const [ofBase, ofLocal, ofRemote] = [orderOf(meeting.base), orderOf(meeting.local), orderOf(meeting.remote)];
      for (const [place, order] of orderOf(value)) {
        expect(new Set(order).size, place).toBe(order.length);
        const [base, local, remote] = [ofBase, ofLocal, ofRemote].map((orders) => orders.get(place) ?? []);
        if (base === undefined || local === undefined || remote === undefined || conflicts.length > 0) continue;
        const kept = (list: readonly string[]): string[] => list.filter((key) => order.includes(key));
        const stayed = (list: readonly string[]): boolean =>
          isSubsequence(
            list.filter((key) => base.includes(key)),
            base,
          );
        if (stayed(remote)) expect(isSubsequence(kept(local), order), `local's order of ${place}`).toBe(true);
        if (stayed(local)) expect(isSubsequence(kept(remote), order), `remote's order of ${place}`).toBe(true);
      }
    });
  });
});

test(`the other way round the conflicts are mirrored, ${RUNS} meetings from seed ${FIRST_SEED}`, () => {
  forEach(false, (meeting) => {
    const { base, local, remote } = meeting;
    const patch = diff(base, remote);
    // Too many changes to be told one by one: a replaced document is another edit.
    if (patch.some(({ path }) => path === '')) return;
    const back = rebase({ base, patch, remote: local });
    const reference = referenceOf(meeting, 'local');
    expect(tell({ base, local: remote }, back.conflicts)).toEqual(tellReference(reference.conflicts, true));
    expect(imageOf(back.value)).toEqual(reference.value);
  });
});
