import type { State } from '../../engine/port.js';
import type { Wire } from '../http/wire.js';
import type { KnownResource } from '../resource/known-resource.js';

/** How a resource is read. */
export interface Way {
  readonly wire: Wire;
  readonly known: KnownResource;
}

/** Whoever keeps values up to date. */
export interface Keeper {
  /** Somebody looks at it from now on. */
  begins(way: Way): void;
  /** Nobody does any more. */
  ends(known: KnownResource): void;
  /** This is what it is from now on; undefined: there is none any more. */
  learnt(known: KnownResource, state: State | undefined): void;
}

/** The resources of a client that somebody looks at, and how they are read. */
export class Watched {
  readonly #ways = new Map<KnownResource, { readonly way: Way; readonly count: number }>();
  keeper: Keeper | undefined;

  /** @returns what ends it. */
  add(way: Way): () => void {
    const { known } = way;
    const { count } = this.#ways.get(known) ?? { count: 0 };
    // The last that came says how it is read.
    this.#ways.set(known, { way, count: count + 1 });
    if (count === 0) this.keeper?.begins(way);
    let isOver = false;
    return () => {
      if (!isOver) this.#leave(known);
      isOver = true;
    };
  }

  wayOf(known: KnownResource): Way | undefined {
    return this.#ways.get(known)?.way;
  }

  *[Symbol.iterator](): Iterator<Way> {
    for (const { way } of this.#ways.values()) yield way;
  }

  #leave(known: KnownResource): void {
    const entry = this.#ways.get(known);
    if (entry === undefined) return;
    if (entry.count > 1) this.#ways.set(known, { ...entry, count: entry.count - 1 });
    else {
      this.#ways.delete(known);
      this.keeper?.ends(known);
    }
  }
}
