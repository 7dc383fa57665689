import type { Clock } from '../clock.js';

/** How many left-behind versions are worth remembering: a replica that lags further than this is not a replica. */
const MEMORY = 64;

/** ms. As long after a write of ours, what is from before it comes from a replica or a cache, and nobody has gone back to it. */
const OWN_STANDS = 10_000;

/** Versions a resource has had and left. Reading one of them again means a lagging replica, not a change. */
export class SeenVersions {
  readonly #keyOf: (version: string) => string;
  /** The oldest first. */
  readonly #keys = new Set<string>();

  readonly #clock: Pick<Clock, 'now'>;
  #ownAt = Number.NEGATIVE_INFINITY;

  /** @param keyOf Equal for two versions that are one, though a gateway may have weakened one of them. */
  constructor(keyOf: (version: string) => string, clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
    this.#keyOf = keyOf;
  }

  /** Whether any of them is old for sure: a write of ours was the last to leave one, a short while ago. */
  get areOld(): boolean {
    return this.#clock.now() - this.#ownAt < OWN_STANDS;
  }

  /** @param own A write of ours has left it. */
  leave(version: string | undefined, own = false): void {
    this.#ownAt = own ? this.#clock.now() : Number.NEGATIVE_INFINITY;
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
