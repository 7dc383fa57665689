/** What holds a thing without keeping it alive. Older Workers have no WeakRef: there things live as long as their client. */
interface Hold<T extends object> {
  deref(): T | undefined;
}

const held = <T extends object>(thing: T): Hold<T> =>
  typeof WeakRef === 'function' ? new WeakRef(thing) : { deref: () => thing };

/** Things of one URL that last for as long as somebody uses them: handles and requests hold them, the registry does not. */
export class Registry<T extends object> {
  readonly #entries = new Map<string, Hold<T>>();
  readonly #cleanup =
    typeof FinalizationRegistry === 'function'
      ? new FinalizationRegistry<string>((key) => {
          if (this.#entries.get(key)?.deref() === undefined) this.#entries.delete(key);
        })
      : undefined;

  get(key: string, make: () => T): T {
    const known = this.#entries.get(key)?.deref();
    if (known !== undefined) return known;
    const made = make();
    this.#entries.set(key, held(made));
    this.#cleanup?.register(made, key);
    return made;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const entry of this.#entries.values()) {
      const thing = entry.deref();
      if (thing !== undefined) yield thing;
    }
  }
}
