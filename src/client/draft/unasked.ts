import { watchPage } from '../page.js';
import { Autosave } from './autosave.js';
import type { DraftHost } from './host.js';

/** What a draft does of its own accord. */
export interface Acts {
  save(): void;
  /** The network is back: what failed may be tried again. */
  again(): void;
  /** The page goes. */
  sendLast(): void;
}

/** When a draft that saves by itself does so: by the clock, when the page is hidden or left, when the network is back. */
export class Unasked {
  readonly #host: DraftHost;
  readonly #acts: Acts;
  readonly #autosave: Autosave | undefined;
  #unwatch: (() => void) | undefined;

  constructor(host: DraftHost, acts: Acts) {
    this.#host = host;
    this.#acts = acts;
    this.#autosave = host.autosave && new Autosave(host.autosave, () => acts.save());
  }

  /** @param isOwed There is something to be saved; `isDue`: and nothing to wait for. */
  changed(isOwed: boolean, isDue: boolean): void {
    if (isOwed && isDue) this.#autosave?.changed();
    else this.#autosave?.stop();
    const { save, again, sendLast } = this.#acts;
    if (isOwed === (this.#unwatch !== undefined)) return;
    this.#unwatch?.();
    this.#unwatch = isOwed ? watchPage({ onHidden: save, onOnline: again, onLeave: sendLast }) : undefined;
    this.#host.owe(isOwed);
  }

  stop(): void {
    this.changed(false, false);
  }
}
