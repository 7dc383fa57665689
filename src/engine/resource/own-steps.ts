import { deepEqual } from '../../core/deep-equal.js';
import type { Forms } from '../../core/form-of.js';
import type { JsonValue } from '../../core/json.js';

/** What a write of ours did to a resource, or what its server then made of what was sent. */
export interface OwnStep {
  readonly from: JsonValue;
  readonly to: JsonValue;
  /** The place in the queue of the first edit in it. Undefined: it was the server's doing. */
  readonly first: number | undefined;
  /** Who wrote it, or what the server then changed. */
  readonly origin: string;
}

/** When an edit was made: after how many edits, and after how many steps of our own. */
export interface Made {
  readonly order: number;
  readonly steps: number;
}

/** What an edit was made from, and by whom. */
interface MadeFrom {
  readonly baseVersion: string | undefined;
  readonly policy: { readonly origin: string };
}

/** A form that is open across more of its own saves than this is asked about like anybody's. */
const MEMORY = 64;

/**
 * What our own writes made of a resource, in order. An edit that was made before some of them is moved over those first:
 * what a person saved, and what the server made of it (trimmed, sorted, with an id), is never a conflict with that same person.
 */
export class OwnSteps {
  readonly #keyOf: (version: string) => string;
  /** Whether the server has told what it made of the last write: of a PUT it need not, and trims all the same. */
  isTold = true;
  #steps: OwnStep[] = [];
  #dropped = 0;
  #edits = 0;
  #earlier = Number.MIN_SAFE_INTEGER;
  /** Which states have how many steps in them. */
  readonly #marks = new Map<string, number>();

  constructor(keyOf: (version: string) => string) {
    this.#keyOf = keyOf;
  }

  /** How many there were until now. */
  get count(): number {
    return this.#dropped + this.#steps.length;
  }

  /** One more edit is made, now. */
  now(): Made {
    this.#edits += 1;
    return { order: this.#edits, steps: this.count };
  }

  /** One that was made before this client comes after those that were told before it, and before all that is made here. */
  earlier(): Made {
    this.#earlier += 1;
    return { order: this.#earlier, steps: 0 };
  }

  /** @param origin Default: that of the last step, which the server has made something else of. */
  add(from: JsonValue, to: JsonValue, origin: string = this.#steps.at(-1)?.origin ?? 'person', first?: number): void {
    if (deepEqual(from, to)) return;
    this.#steps.push({ from, to, first, origin });
    if (this.#steps.length <= MEMORY) return;
    this.#steps.shift();
    this.#dropped += 1;
  }

  /** What was sent and not told back is in a state that somebody else has written to as well: in the form the server keeps it in. */
  addKept(sent: JsonValue, state: JsonValue, { asKept }: Forms): void {
    const last = this.#steps.at(-1);
    // What only carries another version came of the write before.
    const write = this.#steps.findLast(({ first }) => first !== undefined);
    this.add(sent, asKept(sent, state, last !== undefined && deepEqual(last.to, sent) ? write?.from : undefined));
    this.isTold = true;
  }

  /** All steps up to now are in the state of this version. */
  mark(version: string | undefined): void {
    if (version === undefined) return;
    const key = this.#keyOf(version);
    this.#marks.delete(key);
    this.#marks.set(key, this.count);
    for (const oldest of this.#marks.keys()) {
      if (this.#marks.size <= MEMORY) break;
      this.#marks.delete(oldest);
    }
  }

  /**
   * What came after a state of this version, as far as that is known, by the same origin: another's is news. Without a version, after
   * an edit was made from what showed, edits before it on top: their part is in it, and what the server made of them is not.
   */
  since({ baseVersion: version, policy }: MadeFrom, { steps, order }: Made): readonly OwnStep[] {
    const marked = version === undefined ? undefined : this.#marks.get(this.#keyOf(version));
    const after = this.#after(marked ?? steps).filter(({ origin }) => origin === policy.origin);
    return version !== undefined ? after : after.filter(({ first }) => first === undefined || first > order);
  }

  /** What the server has made of what this origin wrote, after so many steps. */
  formsSince(count: number, origin: string): readonly OwnStep[] {
    return this.#after(count).filter((step) => step.first === undefined && step.origin === origin);
  }

  /** All of this origin's that is remembered. */
  all(origin: string): readonly OwnStep[] {
    return this.#steps.filter((step) => step.origin === origin);
  }

  #after(count: number): readonly OwnStep[] {
    return this.#steps.slice(Math.max(0, count - this.#dropped));
  }
}
