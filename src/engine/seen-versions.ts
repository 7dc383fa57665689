/** How many left-behind versions are worth remembering: a replica that lags further than this is not a replica. */
const MEMORY = 64;

/** Versions a resource has had and left. Reading one of them again means a lagging replica, not a change. */
export class SeenVersions {
  readonly #same: (a: string, b: string) => boolean;
  #versions: readonly string[] = [];

  /** @param same Whether two versions are one, though a gateway may have weakened one of them. */
  constructor(same: (a: string, b: string) => boolean) {
    this.#same = same;
  }

  leave(version: string | undefined): void {
    if (version === undefined) return;
    this.forget(version);
    this.#versions = [...this.#versions, version].slice(-MEMORY);
  }

  has(version: string | undefined): boolean {
    return version !== undefined && this.#versions.some((seen) => this.#same(seen, version));
  }

  /** It is the current version after all: content hashes do come back. */
  forget(version: string | undefined): void {
    if (this.has(version))
      this.#versions = this.#versions.filter((seen) => version === undefined || !this.#same(seen, version));
  }
}
