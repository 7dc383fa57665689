import { deepEqual } from '../../../core/deep-equal.js';
import type { JsonValue, Patch } from '../../../core/json.js';
import { apply } from '../../../core/patch/apply.js';
import { compose } from '../../../core/patch/compose.js';
import { invert } from '../../../core/patch/invert.js';
import { rebase } from '../../../core/rebase/rebase.js';
import type { Change, Rules } from './typed.js';
import { mine } from './typed.js';

/** ms within which changes of one place are one step. */
const TOGETHER = 500;
/** Steps kept; the oldest go first. */
const MOST = 200;

/** What a person did to a draft, step by step. A step is kept as what takes it back, and is rebased over what came since when it is used. */
export class History {
  #undo: Change[] = [];
  #redo: Change[] = [];
  /** The place of the last change, and when it was made. */
  #last: { readonly path: string; readonly at: number } | undefined;

  get canUndo(): boolean {
    return this.#undo.length > 0;
  }

  get canRedo(): boolean {
    return this.#redo.length > 0;
  }

  /** The person made `patch` on `before`. */
  record(before: JsonValue, patch: Patch, at: number, merge: Rules): void {
    const [first] = patch;
    const step = { from: apply(before, patch), patch: invert(before, patch) };
    const isSoon = patch.length === 1 && first?.op === 'replace' && at - (this.#last?.at ?? 0) < TOGETHER;
    const last = isSoon ? this.#lastOn(before, merge) : undefined;
    if (last !== undefined && last[0]?.path === first?.path) {
      this.#undo[this.#undo.length - 1] = { from: step.from, patch: compose(step.from, step.patch, last) };
    } else this.#undo = [...this.#undo, step].slice(-MOST);
    this.#last = patch.length === 1 && first !== undefined ? { path: first.path, at } : undefined;
    this.#redo = [];
  }

  /** The patch that takes the last step back that others have not overwritten, made for what is on the screen now. */
  undo(local: JsonValue, merge: Rules): Patch | undefined {
    return this.#take(this.#undo, this.#redo, local, merge);
  }

  redo(local: JsonValue, merge: Rules): Patch | undefined {
    return this.#take(this.#redo, this.#undo, local, merge);
  }

  /** The server has stored another form of what the person did: that is no reason not to take it back. */
  adopt(before: JsonValue, after: JsonValue, merge: Rules): void {
    for (const steps of [this.#undo, this.#redo]) {
      const top = steps.pop();
      if (top === undefined) continue;
      const { patch } = rebase({ base: top.from, patch: top.patch, remote: before, merge });
      steps.push({ from: after, patch: mine({ from: before, patch }, after, merge).patch });
    }
  }

  clear(): void {
    this.#undo = [];
    this.#redo = [];
    this.#last = undefined;
  }

  /** What takes the last step back, made for what is on the screen now: others may have come under it, and its place be another. */
  #lastOn(before: JsonValue, merge: Rules): Patch | undefined {
    const top = this.#undo.at(-1);
    if (top === undefined || this.#last === undefined) return undefined;
    if (deepEqual(top.from, before)) return top.patch;
    return rebase({ base: top.from, patch: top.patch, remote: before, merge }).patch;
  }

  #take(steps: Change[], back: Change[], local: JsonValue, merge: Rules): Patch | undefined {
    this.#last = undefined;
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      // Where others changed the same place since, theirs stays.
      const { patch, value } = rebase({ base: step.from, patch: step.patch, remote: local, merge });
      if (patch.length === 0) continue;
      back.push({ from: value, patch: invert(local, patch) });
      return patch;
    }
    return undefined;
  }
}
