import type { Operation } from 'fast-json-patch';
import { apply } from './apply.js';
import type { CompiledOperation } from './compile.js';
import { compilePatch } from './compile.js';
import type { MergeConflict, Resolution, ResolvedConflict } from './conflict.js';
import { deepEqual } from './deep-equal.js';
import { diff } from './diff.js';
import { imageOf } from './images.js';
import { runJob } from './job.js';
import type { JsonValue, Patch, Pointer, PointerPattern } from './json.js';
import { added, addition } from './merge-additions.js';
import { mergeRules } from './merge-rules.js';
import type { MergeRun, Merging } from './merge-run.js';
import { openRun } from './merge-run.js';
import { checkTests } from './merge-tests.js';
import { mergeValue } from './merge-values.js';
import { decideMoves, strandedMoves } from './moves.js';
import { rootPlace } from './place-in-merge.js';
import { childOf, formatPointer, getAt } from './pointer.js';
import type { MergeRule } from './rule.js';
import type { Trace } from './trace.js';
import { trace } from './trace.js';
import { translate } from './translate.js';

export interface RebaseInput {
  readonly base: JsonValue;
  readonly remote: JsonValue;
  /** The local edit: operations made against `base`, or the value they led to. */
  readonly patch?: readonly Operation[];
  readonly local?: JsonValue;
  readonly merge?: Record<PointerPattern, MergeRule>;
  /** Answers for conflicts found earlier, by `basePath` (or by `path` where that names one conflict only). */
  readonly resolutions?: Record<Pointer, Resolution>;
  /** The local edit may already have landed once: equal inserts are then ours. */
  readonly inDoubt?: boolean;
}

export interface RebaseOutput {
  /** What to send: applies to `remote`, gives `value`. Open conflicts keep remote's value. */
  readonly patch: Patch;
  readonly value: JsonValue;
  readonly conflicts: readonly MergeConflict[];
  readonly resolved: readonly ResolvedConflict[];
  /** When `inDoubt`: whether remote shows the edit landed. A patch lands whole, so one telling operation decides for all. */
  readonly landed?: 'yes' | 'no' | 'unknown';
}

/**
 * Makes a local edit again on top of what the server has now. Pure and synchronous; nothing given is changed.
 *
 * @example
 * ```ts
 * import { rebase } from 'unconflict/core';
 *
 * const base = { title: 'Draft', tags: ['a'] };
 * const patch = [{ op: 'add' as const, path: '/tags/1', value: 'b' }];
 * const remote = { title: 'Final', tags: ['x', 'a'] };
 * console.log(rebase({ base, patch, remote }).patch); // => [{ op: 'add', path: '/tags/2', value: 'b' }]
 * ```
 *
 * @returns the patch for `remote`, the merged value, and where both sides changed the same thing.
 * @throws InvalidPatchError (ERR_INVALID_PATCH) for a patch that does not apply to `base`; InvalidOptionsError
 *   (ERR_INVALID_OPTIONS) for a bad pattern or rule; InvalidJsonError (ERR_INVALID_JSON) for a `local` that is no JSON.
 */
export function rebase(input: RebaseInput): RebaseOutput {
  return rebaseEdit(input, input.patch !== undefined);
}

/**
 * The same for an edit whose patch was found by comparing: that a diff replaces the whole document says only that much
 * was changed, so it is merged part by part. A caller's own replacement of the whole is one thing.
 */
export function rebaseEdit(input: RebaseInput, wholeIsOne: boolean): RebaseOutput {
  const { base, remote, merge, inDoubt = false } = input;
  const rules = mergeRules(merge);
  const source =
    input.patch ?? diff(base, input.local === undefined ? base : input.local, merge === undefined ? {} : { merge });
  const operations = compilePatch(source);
  const local = apply(base, source);
  if (base === remote && !rules.hasServer) {
    const output = { patch: [...source], value: local, conflicts: [], resolved: [] };
    return inDoubt ? { ...output, landed: source.length === 0 ? 'yes' : 'no' } : output;
  }
  // Where remote is base, the edit is sent as it is, even one that changes nothing.
  if (!rules.hasCounter && isThere(operations, local, remote) && !deepEqual(base, remote)) {
    const output = { patch: [], value: remote, conflicts: [], resolved: [] };
    return inDoubt ? { ...output, landed: 'yes' } : output;
  }
  const traced = trace(base, operations);
  const open = (blocked: ReadonlySet<number>): MergeRun =>
    openRun(MERGING, base, remote, rules, input.resolutions ?? {}, { inDoubt, wholeIsOne, blocked });
  let run = open(new Set());
  if (checkTests(run, traced.tests)) {
    const there = alreadyThere(input, operations, wholeIsOne);
    return there ?? finish(run, remote, [], inDoubt);
  }
  let value = mergeAll(run, traced);
  // A move whose target is not written after all must not empty its source: once more, with the source left alone.
  for (let stranded = strandedMoves(run, traced); stranded.length > 0; stranded = strandedMoves(run, traced)) {
    run = open(new Set([...run.blocked, ...stranded]));
    checkTests(run, traced.tests);
    value = mergeAll(run, traced);
  }
  if (inDoubt && landedOf(run) === 'yes') {
    return { patch: [], value: remote, conflicts: [], resolved: [], landed: 'yes' };
  }
  // It did not land: then what looks like ours is somebody else's.
  if (inDoubt && landedOf(run) === 'no')
    return { ...rebaseEdit({ ...input, inDoubt: false }, wholeIsOne), landed: 'no' };
  return finish(run, value, patchFor(run, base, operations, traced, value, merge), inDoubt);
}

function mergeAll(run: MergeRun, traced: Trace): JsonValue {
  decideMoves(run, traced);
  return runJob(mergeValue(run, run.base, traced.root, run.remote, rootPlace(run.rules))) ?? null;
}

const MERGING: Merging = { value: mergeValue, added, addition };

/** Whether remote is just what the edit led to. Mostly it is not, and then the place of the last operation tells at once. */
function isThere(operations: readonly CompiledOperation[], local: JsonValue, remote: JsonValue): boolean {
  const last = operations.findLast(({ op }) => op !== 'test');
  if (last === undefined) return false;
  const above = last.tokens.slice(0, -1);
  const [mine, theirs] = [getAt(local, above), getAt(remote, above)];
  if (!mine.present || !theirs.present) return false;
  if (Array.isArray(mine.value) && Array.isArray(theirs.value) && mine.value.length !== theirs.value.length)
    return false;
  const token = last.tokens.at(-1) ?? '';
  const [here, there] = [childOf(mine.value, token), childOf(theirs.value, token)];
  if (here === undefined || there === undefined ? here !== there : !deepEqual(here, there)) return false;
  return deepEqual(local, remote);
}

/** A test fails on what the patch itself has done: when all the rest of it is there, it landed before. */
function alreadyThere(
  input: RebaseInput,
  operations: readonly CompiledOperation[],
  wholeIsOne: boolean,
): RebaseOutput | undefined {
  const rest = operations.flatMap(({ op, source }) => (op === 'test' ? [] : [source]));
  if (rest.length === 0) return undefined;
  const { local: _local, ...others } = input;
  const output = rebaseEdit({ ...others, patch: rest }, wholeIsOne);
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
function patchFor(
  run: MergeRun,
  base: JsonValue,
  operations: readonly CompiledOperation[],
  { tests }: Trace,
  value: JsonValue,
  merge: Record<PointerPattern, MergeRule> | undefined,
): Patch {
  const { remote, dropped } = run;
  const onlyTests = operations.every(({ op }) => op === 'test');
  if (value === remote && !onlyTests && operations.every(({ op, index }) => op === 'test' || dropped.has(index)))
    return [];
  const carried = translate(base, remote, operations, dropped, (mine, theirs) => run.alignments.get(mine)?.get(theirs));
  if (carried !== undefined && gives(remote, carried, value)) return carried;
  const patch = diff(remote, value, merge === undefined ? {} : { merge });
  if (patch.length === 0) return [];
  const kept = tests.flatMap(({ index, origin, value: expected }): Patch => {
    const image = origin === undefined || dropped.has(index) ? undefined : imageOf(run, origin);
    return image === undefined ? [] : [{ op: 'test', path: formatPointer(image.tokens), value: expected }];
  });
  return [...kept, ...patch];
}

function gives(remote: JsonValue, patch: Patch, value: JsonValue): boolean {
  try {
    return deepEqual(apply(remote, patch), value);
  } catch {
    // It has no place in remote as it is: then it is told in another way.
    return false;
  }
}
