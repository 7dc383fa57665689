import type { Snapshot } from '../../contract/snapshot.js';
import { freezeJson } from '../../core/assert-json.js';
import type { JsonValue, Patch } from '../../core/json.js';
import { Quiet } from './autosave.js';
import type { History } from './history.js';
import type { DraftHost, Sending } from './host.js';
import type { Typed } from './typed.js';
import { mine, movedTo, settled, untouched } from './typed.js';

/** What the person sees: what was typed on what, at this moment. */
export class Screen {
  readonly #host: DraftHost;
  /** Waits from each change until the person pauses. */
  readonly #pause: Quiet;
  #typed: Typed | undefined;
  #sendable: { readonly of: Typed; readonly patch: Patch } | undefined;

  constructor(host: DraftHost, base: Snapshot<JsonValue> | undefined) {
    this.#host = host;
    this.#pause = new Quiet(host.autosave?.after, () => host.tell());
    if (base !== undefined) this.typed = untouched(base);
  }

  /** Undefined until the first read. */
  get typed(): Typed | undefined {
    return this.#typed;
  }

  set typed(typed: Typed) {
    freezeJson(typed.local);
    this.#typed = typed;
  }

  /** The person changed it. */
  change(typed: Typed): void {
    this.typed = typed;
    if (this.#host.autosave !== undefined) this.#pause.start();
  }

  /** Nobody is writing on it any more. */
  rest(): void {
    this.#pause.stop();
  }

  /** Puts what was typed on the latest that is known. `doubted`: a save that may have landed there. */
  follow(doubted: { found(latest: Snapshot<JsonValue>): Typed } | undefined): void {
    const { resource, merge } = this.#host;
    const { snapshot } = resource;
    const typed = this.#typed;
    if (snapshot === undefined || snapshot === typed?.latest) return;
    // Autosave saved it in the middle of a sentence: what others make of it now must not come under the caret.
    if (this.#pause.isWaiting && doubted === undefined && typed?.patch.length === 0) return;
    if (typed === undefined) this.typed = untouched(snapshot);
    else this.typed = doubted?.found(snapshot) ?? movedTo(typed, snapshot, merge);
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
