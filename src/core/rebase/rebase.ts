import type { Operation } from 'fast-json-patch';
import { assertDepth } from '../assert-depth.js';
import type { MergeConflict, RebaseOutput, Resolution } from '../conflict.js';
import { deepEqual } from '../deep-equal.js';
import { changeOf, wholeOf } from '../diff/change.js';
import { diff } from '../diff/diff.js';
import type { JsonValue, Pointer, PointerPattern, ReadonlyJson } from '../json.js';
import { isContainer } from '../json.js';
import { applyChecked } from '../patch/apply.js';
import type { CompiledOperation } from '../patch/compile.js';
import { compilePatch } from '../patch/compile.js';
import { childOf, getAt } from '../pointer.js';
import { mergeRules } from '../rules/merge-rules.js';
import type { MergeRule } from '../rules/rule.js';
import { checkTests, emit } from './emit.js';
import { knowMoves } from './moves/know-moves.js';
import { asLocal } from './moves/local-tree.js';
import { removeThere } from './moves/removals.js';
import { settleMoves } from './moves/settle.js';
import { rootPlace } from './place.js';
import type { Evidence, Merging, Task } from './run.js';
import { openRun } from './run.js';
import type { Trace } from './trace.js';
import { trace } from './trace.js';
import { meet, mergeValue, takeOut } from './value.js';

/*
 * How an edit is made again, each step in a room of its own:
 *
 * 1. compile   the patch is checked and read; documents that are too deep are refused
 * 2. trace     it is carried out on base, and each value of local knows which one of base it is
 * 3. image     where a value of base is in remote is found when it is asked for, list by list
 * 4. merge     what the patch touched, value by value (value, list, order, moves); tests, rules and answers settle what clashes.
 *              When in doubt, first only to see whether remote shows the edit (evidence)
 * 5. emit      the merged document knows which values of remote it is made of, and becomes a patch for remote
 */

export interface RebaseInput<Json = JsonValue> {
  /** The document that both sides started from. */
  readonly base: Json;
  /** The document that the server has now. */
  readonly remote: Json;
  /** Your change, as operations made against `base`. Default: what `diff(base, local)` finds. */
  readonly patch?: readonly Operation[];
  /** The document with your change. Default: what `patch` makes of `base`. */
  readonly local?: Json;
  /** Merge rules by path. Default none. */
  readonly merge?: Record<PointerPattern, MergeRule>;
  /** Answers for conflicts found earlier, by `basePath` (or by `path` where that names one conflict only). Default none. */
  readonly resolutions?: Record<Pointer, Resolution>;
  /** Your change may have been saved already: an equal insert then counts as yours, and `landed` says whether it was. Default `false`. */
  readonly inDoubt?: boolean;
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
 *   (ERR_INVALID_OPTIONS) for a bad pattern or rule; InvalidJsonError (ERR_INVALID_JSON) for a `local` that is no JSON, and for documents
 *   of more than 1,000 levels.
 */
export function rebase(input: RebaseInput<ReadonlyJson>): RebaseOutput {
  // Nothing writes to what is given.
  return rebaseEdit(input as RebaseInput, input.patch !== undefined);
}

/**
 * The same for an edit whose patch was found by comparing: that a diff replaces the whole document says only that much
 * was changed, so it is merged part by part. A caller's own replacement of the whole is one thing.
 */
export function rebaseEdit(input: RebaseInput, wholeIsOne: boolean): RebaseOutput {
  const { base, remote, merge, resolutions = {}, inDoubt = false } = input;
  const rules = mergeRules(merge);
  assertDepth(base, 'base');
  if (remote !== base) assertDepth(remote, 'remote');
  const { local: reached = base } = input;
  const source = input.patch ?? diff(base, reached, merge === undefined ? {} : { merge });
  const operations = compilePatch(source);
  const local = applyChecked(base, operations);
  const landed = (answer: RebaseOutput['landed']): Pick<RebaseOutput, 'landed'> =>
    inDoubt && answer ? { landed: answer } : {};
  if (base === remote && !rules.hasServer) {
    const output = { patch: [...source], value: local, conflicts: [], resolved: [] };
    return { ...output, ...landed(inDoubt && deepEqual(base, local) ? 'unknown' : 'no') };
  }
  // Where remote is base, the edit is sent as it is, even one that changes nothing.
  if (!rules.hasCounter && isThere(operations, local, remote) && !deepEqual(base, remote))
    return { patch: [], value: remote, conflicts: [], resolved: [], ...landed('yes') };
  const traced = trace(base, operations, local);
  const task: Task = { base, remote, rules, resolutions, inDoubt, wholeIsOne };
  const leaves = operations.some(({ op }) => op === 'remove' || op === 'replace');
  if (leaves && operations.some((one) => one.op === 'copy' || ('value' in one && isContainer(one.value))))
    knowMoves(task, traced);
  if (!inDoubt) return merged(task, traced, operations);
  const answer = landedOf(task, traced);
  if (answer === 'yes') return { patch: [], value: remote, conflicts: [], resolved: [], landed: answer };
  // It did not land: then what looks like ours is somebody else's.
  return { ...merged({ ...task, inDoubt: answer === 'unknown' }, traced, operations), landed: answer };
}

const MERGING: Merging = {
  value: mergeValue,
  removal: removeThere,
  takeOut,
  meet,
  covered: asLocal,
};

/** Whether remote shows that an edit landed. A patch lands whole, so one telling operation decides for all; contradictions decide nothing. */
function landedOf(task: Task, traced: Trace): NonNullable<RebaseOutput['landed']> {
  const evidence: Evidence = { yes: false, no: false };
  const run = openRun(MERGING, { ...task, inDoubt: false, wholeIsOne: false }, traced, () => [], evidence);
  mergeValue(run, task.base, traced.root, task.remote, rootPlace(task.rules));
  if (evidence.yes === evidence.no) return 'unknown';
  return evidence.yes ? 'yes' : 'no';
}

function merged(task: Task, traced: Trace, operations: readonly CompiledOperation[]): RebaseOutput {
  const { base, remote } = task;
  let names: readonly MergeConflict[] | undefined;
  const run = openRun(MERGING, task, traced, () => {
    names ??= merged({ ...task, resolutions: {} }, traced, operations).conflicts;
    return names;
  });
  const { conflicts, resolved } = run;
  const tests = checkTests(run, traced.tests);
  if (tests.isOpen) {
    // A test fails on what the patch itself has done: when all the rest of it is there, it landed before.
    const rest = operations.filter(({ op }) => op !== 'test');
    const output = rest.length > 0 ? merged(task, { ...traced, root: traced.root, tests: [] }, rest) : undefined;
    if (output?.patch.length === 0 && output.conflicts.length === 0) return output;
    return { patch: [], value: remote, conflicts, resolved };
  }
  const change = settleMoves(
    run,
    mergeValue(run, base, traced.root, remote, rootPlace(task.rules)) ?? changeOf(null, 'new'),
  );
  const value = wholeOf(change);
  return {
    patch: emit(run, operations, traced.tests.length > 0 ? tests : undefined, change, value),
    value,
    conflicts,
    resolved,
  };
}

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
