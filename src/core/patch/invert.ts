import type { Operation } from 'fast-json-patch';
import { assertDepth } from '../assert-depth.js';
import { cloneJson } from '../assert-json.js';
import type { JsonValue, Patch, ReadonlyJson } from '../json.js';
import { formatPointer, isAtOrBelow } from '../pointer.js';
import { applyToDraft } from './apply.js';
import type { CompiledOperation } from './compile.js';
import { compilePatch } from './compile.js';
import type { Draft } from './draft.js';
import { locate, openDraft } from './draft.js';

/**
 * The patch that undoes another: `apply(apply(base, patch), invert(base, patch))` equals `base`. Tests have nothing to undo.
 *
 * @example
 * ```ts
 * import { invert } from 'unconflict/core';
 * invert({ a: 1 }, [{ op: 'replace', path: '/a', value: 2 }]); // [{ op: 'replace', path: '/a', value: 1 }]
 * ```
 *
 * @throws InvalidPatchError (ERR_INVALID_PATCH) where `patch` does not apply to `base`.
 */
export function invert(base: ReadonlyJson, patch: readonly Operation[]): Patch {
  const given = base as JsonValue; // Nothing writes to it.
  assertDepth(given, 'base');
  const draft = openDraft(given);
  const undone: Operation[][] = compilePatch(patch).map((operation) => undo(draft, operation));
  return undone.reverse().flat();
}

/** Applies one operation and gives what takes it back. */
function undo(draft: Draft, operation: CompiledOperation): Patch {
  const { op } = operation;
  if (op === 'move') return undoMove(draft, operation, operation.from);
  const { side, inList, tokens } = locate(draft.root, operation.tokens);
  const overwrites = side.present && (!inList || op === 'remove' || op === 'replace');
  // Copied, because the draft goes on changing what it owns.
  const old = overwrites && op !== 'test' ? cloneJson(side.value) : undefined;
  applyToDraft(draft, operation);
  const path = formatPointer(tokens);
  if (op === 'test') return [];
  if (old === undefined) return [{ op: 'remove', path }];
  return [{ op: op === 'remove' ? 'add' : 'replace', path, value: old }];
}

/** A move is a removal and an addition, so it is undone as both, and as one move back where nothing was overwritten. */
function undoMove(draft: Draft, operation: CompiledOperation, from: readonly string[]): Patch {
  const { tokens, index, source } = operation;
  const path = formatPointer(from);
  const { side } = locate(draft.root, from);
  if (!side.present || path === formatPointer(tokens)) {
    applyToDraft(draft, operation);
    return [];
  }
  const value = cloneJson(side.value);
  applyToDraft(draft, { op: 'remove', tokens: from, index, source });
  const put = undo(draft, { op: 'add', tokens, index, source, value: side.value });
  const [taken] = put;
  // It cannot move into something whose place it took.
  if (taken?.op === 'remove' && !isAtOrBelow(from, tokens)) return [{ op: 'move', from: taken.path, path }];
  return [...put, { op: 'add', path, value }];
}
