import type { Snapshot } from '../../../contract/snapshot.js';
import { freezeJson } from '../../../core/assert-json.js';
import type { JsonValue, Patch } from '../../../core/json.js';
import { rebase } from '../../../core/rebase/rebase.js';
import { Quiet } from '../autosave.js';
import type { DraftHost, Sending } from '../host.js';
import type { History } from './history.js';
import { ownForm } from './own-form.js';
import type { Typed } from './typed.js';
import { mine, movedTo, settled, untouched } from './typed.js';

/** What the person sees: what was typed on what, at this moment. */
export class Screen {
  readonly #host: DraftHost;
  /** Waits from each change until the person pauses. */
  readonly #pause: Quiet;
  /** Waits until the server's own form of something may be shown. */
  readonly #form: Quiet;
  #isClosed = false;
  #typed: Typed | undefined;
  /** How many steps of our own the latest that is on it has in it. */
  #steps = 0;
  #sendable: { readonly of: Typed; readonly patch: Patch } | undefined;

  constructor(host: DraftHost, base: Snapshot<JsonValue> | undefined, onForm: () => void) {
    this.#host = host;
    this.#pause = new Quiet(host.autosave?.after, () => {
      if (host.autosave !== undefined) host.tell();
    });
    this.#form = new Quiet(host.autosave?.after, onForm);
    if (base !== undefined) this.typed = untouched(base);
  }

  /** Undefined until the first read. */
  get typed(): Typed | undefined {
    return this.#typed;
  }

  set typed(typed: Typed) {
    freezeJson(typed.local);
    if (typed.latest !== this.#typed?.latest) this.#steps = this.#host.own.count;
    this.#typed = typed;
  }

  /** A state in the person's own form: as it was written, where the server has told only since then what it made of that. */
  inOwnForm(state: JsonValue): JsonValue {
    return this.#host.own
      .formsSince(this.#steps)
      .reduceRight(
        (now, { from, to }) => rebase({ base: to, local: ownForm(undefined, from, to), remote: now }).value,
        state,
      );
  }

  /** The person changed it. */
  change(typed: Typed): void {
    this.typed = typed;
    this.#pause.start();
  }

  /** It was changed less than `after` ms ago. */
  get isTyping(): boolean {
    return this.#pause.isWaiting;
  }

  /** Nobody is writing on it any more. */
  rest(): void {
    this.#pause.stop();
  }

  /** The server's own form of something is shown when it has been quiet for a while. */
  wait(): void {
    const { typed } = this;
    if (typed?.ground !== typed?.latest.value && !this.#isClosed) this.#form.start();
  }

  close(): void {
    this.#isClosed = true;
    this.#form.stop();
    this.rest();
  }

  /** Puts what was typed on the latest that is known. `doubted`: a save that may have landed there. False: it stands there already. */
  follow(doubted: { found(latest: Snapshot<JsonValue>): Typed } | undefined): boolean {
    const { resource, merge, autosave } = this.#host;
    const { snapshot } = resource;
    const typed = this.#typed;
    if (snapshot === undefined || snapshot === typed?.latest) return false;
    // Autosave saved it in the middle of a sentence: what others make of it now must not come under the caret.
    if (this.isTyping && autosave !== undefined && doubted === undefined && typed?.patch.length === 0) return false;
    if (typed === undefined) this.typed = untouched(snapshot);
    else this.typed = doubted?.found(snapshot) ?? movedTo(typed, snapshot, this.inOwnForm(snapshot.value), merge);
    return true;
  }

  /** The server's own form takes the place of what was typed, and of what can be undone. */
  settle(history: History): void {
    const typed = this.#typed;
    if (typed === undefined) return;
    const { merge } = this.#host;
    this.typed = settled(typed, merge);
    history.adopt(typed.local, this.typed.local, merge);
  }

  get patch(): Patch {
    const typed = this.#typed;
    if (typed === undefined) return [];
    if (this.#sendable?.of !== typed) {
      const { patch } = mine(typed, typed.latest.value, this.#host.merge);
      this.#sendable = { of: typed, patch: Object.freeze(patch) as Patch };
    }
    return this.#sendable.patch;
  }

  /** What is to be sent. Where something collides it is sent as made on the old state, so that the engine asks. */
  toSend(): Sending | undefined {
    const typed = this.#typed;
    if (typed === undefined || typed.patch.length === 0) return undefined;
    const { patch, local, from, base, latest, conflicts } = typed;
    if (conflicts.length > 0) return { base: { ...base, value: from }, patch, local };
    const sending = mine(typed, latest.value, this.#host.merge);
    if (sending.patch.length > 0) return { base: latest, ...sending };
    // It was typed to be what the server has.
    this.typed = untouched(latest);
    return undefined;
  }
}
