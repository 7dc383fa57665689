import type { Snapshot } from '../../../contract/snapshot.js';
import { diff } from '../../../core/diff/diff.js';
import type { JsonValue, Patch } from '../../../core/json.js';
import type { Owed, Sending } from '../host.js';
import { isSimilar, ownForm } from './own-form.js';
import type { Screen } from './screen.js';
import type { Change, Rules, Typed } from './typed.js';
import { added, mine, movedTo, saved, untouched } from './typed.js';

/** What was sent of a draft, and what was typed since. */
export class Sent {
  readonly #screen: Screen;
  readonly #merge: Rules;
  readonly #sending: Sending;
  /** What was on the screen when it was sent, with what was found under it since. */
  #sent: Typed;
  /** What was typed since it was sent, or answered. Leads to what is on the screen. */
  #since: Change;
  /** It was found on the server. */
  isSeen = false;

  constructor(screen: Screen, merge: Rules, sending: Sending) {
    this.#screen = screen;
    this.#merge = merge;
    this.#sending = sending;
    this.#sent = screen.typed ?? untouched(sending.base);
    this.#since = { from: this.#sent.local, patch: [] };
  }

  /** There is always something on the screen by now. */
  get onScreen(): Typed {
    return this.#screen.typed ?? this.#sent;
  }

  get hasMore(): boolean {
    return this.#since.patch.length > 0;
  }

  /** What is lost with the page: what was sent, and what was typed since. */
  get owed(): readonly Owed[] {
    const { base, patch } = this.#sending;
    const sent = { base, patch, isSent: true };
    if (!this.hasMore) return [sent];
    return [sent, { base: { value: this.#since.from, version: undefined }, patch: this.#since.patch, isSent: false }];
  }

  typed(patch: Patch): void {
    this.#since = added(this.#since, patch);
  }

  /** What is on the screen now is what is sent from here on. */
  again(): void {
    this.#sent = this.onScreen;
    this.#since = { from: this.#sent.local, patch: [] };
  }

  /** It came to this. `own` is that in the person's own form. */
  landed(latest: Snapshot<JsonValue>, own: JsonValue): Typed {
    return saved(this.onScreen, latest, this.#screen.inOwnForm(own), this.#since, this.#merge);
  }

  /**
   * What the screen shows where this was found after a write that may have landed: it goes under what was typed, or is what was sent. What
   * was typed since goes on from there.
   */
  found(latest: Snapshot<JsonValue>): Typed {
    const { from, patch, local } = this.#sent;
    const own = ownForm(from, local, latest.value, isSimilar);
    this.isSeen = mine({ from, patch }, own, this.#merge).patch.length === 0;
    const theirs = this.#screen.inOwnForm(latest.value);
    const next = this.isSeen ? this.landed(latest, own) : movedTo(this.onScreen, latest, theirs, this.#merge, true);
    this.#sent = this.isSeen ? untouched(latest, next.ground) : movedTo(this.#sent, latest, theirs, this.#merge, true);
    this.#since = { from: this.#sent.local, patch: diff(this.#sent.local, next.local, { merge: this.#merge }) };
    return next;
  }
}
