import type { EditResult, UndoOptions } from '../contract/snapshot.js';
import type { JsonValue, Patch } from '../core/json.js';

/** How an edit came onto the server: what its own part was, and what was written in all. */
export interface Landing {
  /** What the edit's own patch was made on, that of its neighbours in the same write included. */
  readonly on: JsonValue;
  readonly patch: Patch;
  /** What came of it. */
  readonly value: JsonValue;
  /** What the write was made on, and what it was: everything that was sent together. */
  readonly target: JsonValue;
  readonly sent: JsonValue;
}

/** An edit as it was sent, and the batch it was sent in. */
interface Sent {
  readonly input: { readonly kind: string };
  readonly intent: { readonly base: JsonValue; readonly patch: Patch; readonly local: JsonValue };
}
interface SentBatch {
  readonly kind: string;
  readonly sent: readonly Sent[];
  readonly target: { readonly value: JsonValue };
  readonly doubts: readonly { readonly on: { readonly value: JsonValue } }[];
  readonly patch: Patch;
  readonly value: JsonValue;
}

/** How an edit came onto the server. Undefined: nothing of it was written, or there was nothing to go back to. */
export function landingIn(batch: SentBatch, edit: Sent, alreadyApplied: boolean): Landing | undefined {
  const { kind, doubts, patch, value: sent } = batch;
  if (kind !== 'update' || edit.input.kind !== 'update' || patch.length === 0) return undefined;
  // What a look found landed was written on what stood there before that look.
  const { value: target } = (alreadyApplied ? doubts.at(-1)?.on : undefined) ?? batch.target;
  if (batch.sent.length === 1) return { on: target, patch, value: sent, target, sent };
  const { base: on, patch: own, local: value } = edit.intent;
  return { on, patch: own, value, target, sent };
}

const landings = new WeakMap<object, Landing>();

/** How the edit of a result came onto the server. Undefined: nothing of it was written. */
export function landingOf(result: EditResult): Landing | undefined {
  return landings.get(result);
}

/** A result with its `undo`, which results are not compared by: made of the facts themselves. */
export function undoable(
  facts: Omit<EditResult, 'undo'>,
  landing: Landing | undefined,
  takeBack:
    | ((result: EditResult, landing: Landing, options: UndoOptions | undefined) => Promise<EditResult>)
    | undefined,
): EditResult {
  let undone: Promise<EditResult> | undefined;
  const undo = (options?: UndoOptions): Promise<EditResult> => {
    // Nothing was written, so nothing is to be taken back.
    undone ??=
      landing === undefined || takeBack === undefined
        ? Promise.resolve(undoable({ ...facts, patch: [], alreadyApplied: true }, undefined, undefined))
        : takeBack(result, landing, options);
    return undone;
  };
  // Defined and not assigned: it is not enumerable.
  const result = Object.freeze(Object.defineProperty(facts, 'undo', { value: undo })) as EditResult;
  if (landing !== undefined) landings.set(result, landing);
  return result;
}
