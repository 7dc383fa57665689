/** ms. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/** Looks whether the network is back: not every platform tells. */
export class Probe {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait: number = FIRST_WAIT;

  /** Looks later, each time after a longer wait. */
  again(look: () => void): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      look();
    }, this.#wait);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wait = FIRST_WAIT;
  }
}

/** A network that is back is tried at once. */
export function watchNetwork(signal: AbortSignal, hurry: () => void): void {
  const { document } = globalThis;
  if (typeof globalThis.addEventListener === 'function') globalThis.addEventListener('online', hurry, { signal });
  const onSeen = (): void => {
    if (document.visibilityState === 'visible') hurry();
  };
  document?.addEventListener?.('visibilitychange', onSeen, { signal });
}
