import { systemClock } from '../../engine/clock.js';

type Timer = ReturnType<typeof setTimeout>;

/** Calls once it has been quiet for `after` ms, or `atMost` ms after the first change that is not saved. */
export class Autosave {
  readonly #after: number;
  readonly #atMost: number;
  readonly #save: () => void;
  #first: number | undefined;
  #timer: Timer | undefined;

  constructor({ after, atMost }: { readonly after: number; readonly atMost: number }, save: () => void) {
    this.#after = after;
    this.#atMost = atMost;
    this.#save = save;
  }

  changed(): void {
    const now = systemClock.now();
    this.#first ??= now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.stop();
        this.#save();
      },
      Math.max(0, Math.min(this.#after, this.#first + this.#atMost - now)),
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#first = undefined;
  }
}

/** Calls once it has been quiet for `ms`: by default as long as autosave waits. It keeps no process alive: nothing is lost if it never calls. */
export class Quiet {
  readonly #ms: number;
  readonly #call: () => void;
  #timer: Timer | undefined;
  isWaiting = false;

  constructor(ms = 800, call: () => void) {
    this.#ms = ms;
    this.#call = call;
  }

  start(): void {
    this.stop();
    this.isWaiting = true;
    const timer: Timer & { unref?(): void } = setTimeout(() => {
      this.isWaiting = false;
      this.#call();
    }, this.#ms);
    timer.unref?.();
    this.#timer = timer;
  }

  stop(): void {
    this.isWaiting = false;
    clearTimeout(this.#timer);
  }
}
