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
