/** Things of one URL that last for as long as somebody uses them: handles and requests hold them, the registry does not. */
export class Registry<T extends object> {
  readonly #entries = new Map<string, WeakRef<T>>();
  readonly #cleanup = new FinalizationRegistry<string>((key) => {
    if (this.#entries.get(key)?.deref() === undefined) this.#entries.delete(key);
  });

  get(key: string, make: () => T): T {
    const known = this.#entries.get(key)?.deref();
    if (known !== undefined) return known;
    const made = make();
    this.#entries.set(key, new WeakRef(made));
    this.#cleanup.register(made, key);
    return made;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const entry of this.#entries.values()) {
      const thing = entry.deref();
      if (thing !== undefined) yield thing;
    }
  }
}
