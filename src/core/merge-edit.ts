import { applyCompiled } from './apply.js';
import type { CompiledOperation } from './compile.js';
import type { Resolution } from './conflict.js';
import { deepEqual } from './deep-equal.js';
import { diff } from './diff.js';
import { imageOf } from './images.js';
import { runJob } from './job.js';
import type { JsonValue, Patch, Pointer, PointerPattern } from './json.js';
import { added, addition } from './merge-additions.js';
import type { MergeRules } from './merge-rules.js';
import type { MergeRun, Merging } from './merge-run.js';
import { openRun } from './merge-run.js';
import { checkTests } from './merge-tests.js';
import { mergeValue } from './merge-values.js';
import { decideMoves, strandedMoves, tellBlocked } from './moves.js';
import { rootPlace } from './place-in-merge.js';
import { formatPointer } from './pointer.js';
import type { RebaseOutput } from './rebase-output.js';
import type { MergeRule } from './rule.js';
import type { Trace } from './trace.js';
import { trace } from './trace.js';
import { translate } from './translate.js';

/** An edit that is to be made again on top of remote. It applies to base. */
export interface MergeTask {
  readonly base: JsonValue;
  readonly remote: JsonValue;
  readonly operations: readonly CompiledOperation[];
  readonly rules: MergeRules;
  readonly merge: Record<PointerPattern, MergeRule> | undefined;
  readonly resolutions: Readonly<Record<Pointer, Resolution>>;
  readonly inDoubt: boolean;
  readonly wholeIsOne: boolean;
}

/** Merges an edit with what remote has become, by identity: what each side did to each thing that the edit touches. */
export function mergeEdit(task: MergeTask): RebaseOutput {
  const { base, remote, operations, rules, resolutions, inDoubt, wholeIsOne } = task;
  const traced = trace(base, operations);
  const open = (blocked: ReadonlySet<number>): MergeRun =>
    openRun(MERGING, base, remote, rules, resolutions, { inDoubt, wholeIsOne, blocked });
  let run = open(new Set());
  if (checkTests(run, traced.tests)) {
    const there = alreadyThere(task);
    return there ?? finish(run, remote, [], inDoubt);
  }
  let value = mergeAll(run, traced);
  // A move whose target is not written after all must not empty its source: once more, with the source left alone.
  for (let stranded = strandedMoves(run, traced); stranded.length > 0; stranded = strandedMoves(run, traced)) {
    run = open(new Set([...run.blocked, ...stranded]));
    checkTests(run, traced.tests);
    value = mergeAll(run, traced);
  }
  tellBlocked(run, traced);
  if (inDoubt && landedOf(run) === 'yes') {
    return { patch: [], value: remote, conflicts: [], resolved: [], landed: 'yes' };
  }
  // It did not land: then what looks like ours is somebody else's.
  if (inDoubt && landedOf(run) === 'no') return { ...mergeEdit({ ...task, inDoubt: false }), landed: 'no' };
  return finish(run, value, patchFor(run, task, traced, value), inDoubt);
}

function mergeAll(run: MergeRun, traced: Trace): JsonValue {
  decideMoves(run, traced);
  return runJob(mergeValue(run, run.base, traced.root, run.remote, rootPlace(run.rules))) ?? null;
}

const MERGING: Merging = { value: mergeValue, added, addition };

/** A test fails on what the patch itself has done: when all the rest of it is there, it landed before. */
function alreadyThere(task: MergeTask): RebaseOutput | undefined {
  const rest = task.operations.filter(({ op }) => op !== 'test');
  if (rest.length === 0) return undefined;
  const output = mergeEdit({ ...task, operations: rest });
  return output.patch.length === 0 && output.conflicts.length === 0 && output.landed !== 'no' ? output : undefined;
}

function finish(run: MergeRun, value: JsonValue, patch: Patch, inDoubt: boolean): RebaseOutput {
  const { conflicts, resolved } = run;
  return { patch, value, conflicts, resolved, ...(inDoubt ? { landed: landedOf(run) } : {}) };
}

function landedOf({ evidence }: MergeRun): 'yes' | 'no' | 'unknown' {
  const { yes, no, open } = evidence;
  if (yes !== no) return yes ? 'yes' : 'no';
  return yes || open ? 'unknown' : 'yes';
}

/** The caller's own operations at their places in remote, if that gives the merged value; else the shortest patch that does. */
function patchFor(run: MergeRun, { base, operations, merge }: MergeTask, { tests }: Trace, value: JsonValue): Patch {
  const { remote, dropped } = run;
  const onlyTests = operations.every(({ op }) => op === 'test');
  if (value === remote && !onlyTests && operations.every(({ op, index }) => op === 'test' || dropped.has(index)))
    return [];
  const carried = translate(base, remote, operations, dropped, (mine, theirs) => run.alignments.get(mine)?.get(theirs));
  if (carried !== undefined && gives(remote, carried, value)) return carried.map(({ source }) => source);
  const patch = diff(remote, value, merge === undefined ? {} : { merge });
  if (patch.length === 0) return [];
  const kept = tests.flatMap(({ index, origin, value: expected }): Patch => {
    const image = origin === undefined || dropped.has(index) ? undefined : imageOf(run, origin);
    return image === undefined ? [] : [{ op: 'test', path: formatPointer(image.tokens), value: expected }];
  });
  return [...kept, ...patch];
}

function gives(remote: JsonValue, operations: readonly CompiledOperation[], value: JsonValue): boolean {
  try {
    return deepEqual(applyCompiled(remote, operations), value);
  } catch {
    // It has no place in remote as it is: then it is told in another way.
    return false;
  }
}
