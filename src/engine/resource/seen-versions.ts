/** How many left-behind versions are worth remembering: a replica that lags further than this is not a replica. */
const MEMORY = 64;

/** Versions a resource has had and left. Reading one of them again means a lagging replica, not a change. */
export class SeenVersions {
  readonly #keyOf: (version: string) => string;
  /** The oldest first. */
  readonly #keys = new Set<string>();

  /** @param keyOf Equal for two versions that are one, though a gateway may have weakened one of them. */
  constructor(keyOf: (version: string) => string) {
    this.#keyOf = keyOf;
  }

  leave(version: string | undefined): void {
    if (version === undefined) return;
    const key = this.#keyOf(version);
    this.#keys.delete(key);
    this.#keys.add(key);
    for (const oldest of this.#keys) {
      if (this.#keys.size <= MEMORY) break;
      this.#keys.delete(oldest);
    }
  }

  has(version: string | undefined): boolean {
    return version !== undefined && this.#keys.has(this.#keyOf(version));
  }

  /** It is the current version after all: content hashes do come back. */
  forget(version: string | undefined): void {
    if (version !== undefined && this.#keys.size > 0) this.#keys.delete(this.#keyOf(version));
  }
}
