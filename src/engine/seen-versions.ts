/** How many left-behind versions are worth remembering: a replica that lags further than this is not a replica. */
const MEMORY = 64;

/** Versions a resource has had and left. Reading one of them again means a lagging replica, not a change. */
export class SeenVersions {
  readonly #versions = new Set<string>();

  leave(version: string | undefined): void {
    if (version === undefined) return;
    this.#versions.delete(version);
    this.#versions.add(version);
    if (this.#versions.size > MEMORY) {
      for (const oldest of this.#versions) {
        this.#versions.delete(oldest);
        break;
      }
    }
  }

  has(version: string | undefined): boolean {
    return version !== undefined && this.#versions.has(version);
  }

  /** It is the current version after all: content hashes do come back. */
  forget(version: string | undefined): void {
    if (version !== undefined) this.#versions.delete(version);
  }
}
