import type { ListAlignment } from './align-by-key.js';
import { identityIn } from './align-by-key.js';
import { alignLists } from './align-lists.js';
import { deepEqual } from './deep-equal.js';
import type { AlignRule } from './diff-rules.js';
import type { JsonValue } from './json.js';

/** One item put into or taken out of a list by the edit: where in local's list, and where in remote's. */
interface Shift {
  readonly local: number;
  readonly remote: number;
  readonly adds: boolean;
  readonly identity: string | number | undefined;
}

/**
 * A list that an edit goes through, in base and in remote. Local's and remote's items keep their indices of before the
 * edit; what the edit has put in and taken out so far is counted on top. `undefined` is the answer wherever it is not sure.
 */
export class CarriedList {
  readonly base: readonly JsonValue[];
  readonly remote: readonly JsonValue[];
  /** undefined: remote has the very same list. */
  readonly aligned: ListAlignment | undefined;
  /** How many items local has. */
  length: number;
  /** The edit has put in, taken out or replaced an item. */
  changed = false;
  readonly #shifts: Shift[] = [];
  #fresh: number[] | undefined;

  constructor(base: readonly JsonValue[], remote: readonly JsonValue[], rule: AlignRule | undefined) {
    this.base = base;
    this.remote = remote;
    this.aligned = base === remote ? undefined : alignLists(base, remote, rule, true);
    this.length = base.length;
  }

  /** Whether it was changed and remote may be just what came of it: without keys, equal items then do not tell which are which. */
  mayBeThere(): boolean {
    const { aligned, remote, length, changed } = this;
    return changed && aligned !== undefined && aligned.key === undefined && remote.length === length;
  }

  /** Which item of base stands at a local index; negative: one that the edit has put there. */
  itemAt(index: number | undefined): number | undefined {
    if (index === undefined || index >= this.length) return undefined;
    let at = index;
    for (let n = this.#shifts.length - 1; n >= 0; n -= 1) {
      const shift = this.#shifts[n];
      if (shift === undefined) break;
      if (!shift.adds) at += at >= shift.local ? 1 : 0;
      else if (at === shift.local) return -1 - n;
      else at -= at > shift.local ? 1 : 0;
    }
    return at;
  }

  /** Which of remote's items a base item surely is. */
  pairOf(item: number): number | undefined {
    if (this.aligned === undefined) return item;
    const to = this.aligned.toR[item] ?? -1;
    return to < 0 || this.aligned.unsure[item] === 1 ? undefined : to;
  }

  /** Where remote's item stands now that so many shifts were made there, too. */
  place(to: number, from = 0): number {
    let at = to;
    for (let n = from; n < this.#shifts.length; n += 1) {
      const shift = this.#shifts[n];
      if (shift === undefined) break;
      if (shift.adds) at += at >= shift.remote ? 1 : 0;
      else at -= at > shift.remote ? 1 : 0;
    }
    return at;
  }

  /** Takes an item out. What stands beside something that the edit has put in may as well be the other end of its gap: that is for the merge. */
  remove(index: number, to: number): boolean {
    if ((index > 0 && (this.itemAt(index - 1) ?? 0) < 0) || (this.itemAt(index + 1) ?? 0) < 0) return false;
    this.#shifts.push({ local: index, remote: this.place(to), adds: false, identity: undefined });
    this.length -= 1;
    return true;
  }

  /** Puts an item in: between the same neighbours as in local, behind what remote has put there. */
  insert(index: number, value: JsonValue): number | undefined {
    if (index > this.length || !this.#isNew(value)) return undefined;
    const at = index === this.length ? this.place(this.remote.length) : this.#gap(index);
    if (at === undefined) return undefined;
    const key = this.aligned?.key;
    const identity = key === undefined ? undefined : identityIn(value, key);
    this.#shifts.push({ local: index, remote: at, adds: true, identity });
    this.length += 1;
    return at;
  }

  #gap(index: number): number | undefined {
    const left = index === 0 ? undefined : this.itemAt(index - 1);
    const right = this.itemAt(index) ?? 0;
    if (right < 0) {
      const at = this.#ownPlace(right);
      return left === undefined || left >= 0 || this.#ownPlace(left) + 1 === at ? at : undefined;
    }
    if (left !== undefined && left < 0) return this.#ownPlace(left) + 1;
    // Items that were taken out between the two, or that remote has moved there, leave more than one gap.
    if (right !== (left ?? -1) + 1) return undefined;
    const from = left === undefined ? -1 : this.pairOf(left);
    const to = this.pairOf(right);
    if (from === undefined || to === undefined || from >= to) return undefined;
    for (let at = from + 1; at < to; at += 1) if (this.aligned?.toB[at] !== -1) return undefined;
    return this.place(to);
  }

  #ownPlace(item: number): number {
    const n = -1 - item;
    return this.place(this.#shifts[n]?.remote ?? 0, n + 1);
  }

  /** Whether nobody else has put in the same; by key: whether the key is free. */
  #isNew(value: JsonValue): boolean {
    if (this.aligned === undefined) return true;
    const { key, toB, unsure } = this.aligned;
    if (key !== undefined) {
      const identity = identityIn(value, key);
      if (identity === undefined || this.aligned.isTaken(identity)) return false;
      return this.#shifts.every((shift) => shift.identity !== identity);
    }
    if (this.#fresh === undefined) {
      this.#fresh = [];
      // What is paired by nothing but its place may as well be new.
      for (let at = 0; at < toB.length; at += 1) {
        const from = toB[at] ?? -1;
        if (from < 0 || unsure[from] === 1) this.#fresh.push(at);
      }
    }
    return !this.#fresh.some((at) => deepEqual(this.remote[at], value));
  }
}
