import type { Operation } from 'fast-json-patch';
import { applyCompiled } from './apply.js';
import { carryOver } from './carry.js';
import { compilePatch } from './compile.js';
import type { Resolution } from './conflict.js';
import { deepEqual } from './deep-equal.js';
import { diff } from './diff.js';
import { isThere } from './is-there.js';
import type { JsonValue, Pointer, PointerPattern } from './json.js';
import { mergeEdit } from './merge-edit.js';
import { mergeRules } from './merge-rules.js';
import type { RebaseOutput } from './rebase-output.js';
import type { MergeRule } from './rule.js';

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
  const { base, remote, local, merge, resolutions = {}, inDoubt = false } = input;
  const rules = mergeRules(merge);
  const source = input.patch ?? diff(base, local === undefined ? base : local, merge === undefined ? {} : { merge });
  const operations = compilePatch(source);
  if (base === remote && !rules.hasServer) {
    const output = { patch: [...source], value: applyCompiled(base, operations), conflicts: [], resolved: [] };
    return inDoubt ? { ...output, landed: source.length === 0 ? 'yes' : 'no' } : output;
  }
  const carried = inDoubt ? undefined : carryOver(base, remote, operations, rules);
  if (carried !== undefined) return { ...carried, conflicts: [], resolved: [] };
  // Where remote is base, the edit is sent as it is, even one that changes nothing.
  if (!rules.hasCounter && isThere(operations, applyCompiled(base, operations), remote) && !deepEqual(base, remote)) {
    const output = { patch: [], value: remote, conflicts: [], resolved: [] };
    return inDoubt ? { ...output, landed: 'yes' } : output;
  }
  return mergeEdit({ base, remote, operations, rules, merge, resolutions, inDoubt, wholeIsOne });
}
