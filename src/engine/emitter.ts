/** Tells listeners what happened. They are observers: one that throws or rejects changes nothing but the log. */
export class Emitter<Event> {
  readonly #listeners = new Set<(event: Event) => void>();
  readonly #onListenerError: (error: unknown) => unknown;

  constructor(onListenerError: (error: unknown) => unknown) {
    this.#onListenerError = onListenerError;
  }

  /** Somebody listens: an event is worth making. */
  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  on(listener: (event: Event) => void): () => void {
    // A wrapper of its own, so that one function added twice is called twice and removed once.
    const entry = (event: Event): void => listener(event);
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  emit(event: Event): void {
    for (const listener of [...this.#listeners]) observe(() => listener(event), this.#onListenerError);
  }

  clear(): void {
    this.#listeners.clear();
  }
}

/** Calls somebody else's code and keeps whatever it throws, now or later, away from ours. */
export function observe(call: () => unknown, onError: (error: unknown) => unknown): void {
  const report = (error: unknown): void => {
    // The reporter itself is the user's logger: when that fails there is nobody left to tell.
    (async () => onError(error))().catch(() => {});
  };
  try {
    // A promise of another realm (an iframe, a test environment) is no instance of ours.
    Promise.resolve(call()).catch(report);
  } catch (error) {
    report(error);
  }
}
