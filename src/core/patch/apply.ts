import type { Operation } from 'fast-json-patch';
// Only this part of it: its main module brings what watches and compares documents along.
import { applyOperation } from 'fast-json-patch/module/core.mjs';
import { assertDepth } from '../assert-depth.js';
import { deepEqual } from '../deep-equal.js';
import type { JsonValue, ReadonlyJson } from '../json.js';
import { hasOwn, isContainer, setOwn } from '../json.js';
import { arrayIndex, escapeToken, formatPointer, getAt } from '../pointer.js';
import type { CompiledOperation } from './compile.js';
import { compilePatch, invalidPatch } from './compile.js';
import type { Draft } from './draft.js';
import { disown, openDraft, writableParent } from './draft.js';

/**
 * Applies a JSON Patch (RFC 6902), all or nothing. The document is never changed: what the patch does not touch is shared with the result.
 *
 * @example
 * ```ts
 * import { apply } from 'unconflict/core';
 * apply({ tags: ['a'] }, [{ op: 'add', path: '/tags/-', value: 'b' }]); // { tags: ['a', 'b'] }
 * ```
 *
 * @returns the changed document. Do not write to it: parts of it belong to `document` and to `patch`.
 * @throws InvalidPatchError (ERR_INVALID_PATCH) for the first operation that is malformed, leads nowhere, or tests false.
 */
export function apply(document: ReadonlyJson, patch: readonly Operation[]): JsonValue {
  const given = document as JsonValue; // Nothing writes to it.
  assertDepth(given, 'The document');
  return applyChecked(given, compilePatch(patch));
}

/** The same for a document and a patch that were checked before: what comes of them is. */
export function applyChecked(document: JsonValue, operations: readonly CompiledOperation[]): JsonValue {
  const result = applyCompiled(document, operations);
  if (operations.some((operation) => 'from' in operation || ('value' in operation && isContainer(operation.value))))
    assertDepth(result, 'The document after the patch');
  return result;
}

/** The same where that is known to be no deeper. */
export function applyCompiled(document: JsonValue, operations: readonly CompiledOperation[]): JsonValue {
  const draft = openDraft(document);
  for (const operation of operations) applyToDraft(draft, operation);
  return draft.root;
}

/** Makes one operation's change in a draft. Throws {@link InvalidPatchError}, and then the draft is of no more use. */
export function applyToDraft(draft: Draft, operation: CompiledOperation): void {
  const { op, tokens } = operation;
  switch (op) {
    case 'test': {
      const side = getAt(draft.root, tokens);
      if (side.present && deepEqual(side.value, operation.value)) return;
      throw refused(
        operation,
        side.present ? 'its test is false' : 'nothing is there to test',
        'Read the document again',
      );
    }
    case 'add':
    case 'replace':
      return change(draft, operation, tokens, op, operation.value);
    case 'remove':
      return change(draft, operation, tokens, op);
    case 'copy':
    case 'move': {
      const { from } = operation;
      const source = getAt(draft.root, from);
      if (!source.present)
        throw refused(operation, `nothing is at its source "${formatPointer(from)}"`, 'Take it from where it is now');
      if (op === 'copy') disown(draft, source.value);
      // Onto itself there is nothing to do, not even for the root, which cannot be removed.
      else if (formatPointer(from) === formatPointer(tokens)) return;
      else change(draft, operation, from, 'remove');
      return change(draft, operation, tokens, 'add', source.value);
    }
  }
}

/** What is removed needs no value. */
function change(
  draft: Draft,
  operation: CompiledOperation,
  tokens: readonly string[],
  op: 'add' | 'replace' | 'remove',
  value: JsonValue = null,
): void {
  const token = tokens.at(-1);
  if (token === undefined) {
    if (op === 'remove')
      throw refused(operation, 'the whole document cannot be removed', 'Replace it, with null if need be');
    draft.root = value;
    return;
  }
  const parent = writableParent(draft, tokens);
  if (parent === undefined) {
    throw refused(operation, `"${formatPointer(tokens.slice(0, -1))}" is no object or array`, 'Add that first');
  }
  if (Array.isArray(parent)) {
    const index = op === 'add' && token === '-' ? parent.length : arrayIndex(token);
    if (index === undefined || index >= parent.length + (op === 'add' ? 1 : 0)) {
      throw refused(
        operation,
        `its list of length ${parent.length} has no place "${token}"`,
        'Count from 0, without leading zeros; "-" only adds',
      );
    }
    applyOperation(parent, { op, path: `/${index}`, value });
  } else if (op !== 'add' && !hasOwn(parent, token)) {
    throw refused(operation, 'nothing is there', 'Use "add" for a new member');
  } else if (token in Object.prototype) {
    // fast-json-patch takes these names for the prototype's and refuses or assigns them. They are data like any other.
    if (op === 'remove') delete parent[token];
    else setOwn(parent, token, value);
  } else {
    applyOperation(parent, { op, path: `/${escapeToken(token)}`, value });
  }
}

function refused(operation: CompiledOperation, reason: string, mend: string): Error {
  return invalidPatch(operation.index, operation.source, reason, mend);
}
