const NAMES = ['addEventListener', 'removeEventListener'] as const;

/** One window for all processes: when it goes, it goes for each, and those that live on were only put aside. */
export class Page {
  readonly #window = new EventTarget();

  leave(): void {
    this.#window.dispatchEvent(new Event('pagehide'));
  }

  /** Puts this window in the place of the platform's. What it returns puts that back. */
  install(): () => void {
    const before = NAMES.map((name) => [name, Reflect.get(globalThis, name)] as const);
    for (const name of NAMES) Reflect.set(globalThis, name, this.#window[name].bind(this.#window));
    return () => {
      for (const [name, value] of before)
        if (value === undefined) Reflect.deleteProperty(globalThis, name);
        else Reflect.set(globalThis, name, value);
    };
  }
}
