import type { State } from '../../engine/port.js';
import type { Wire } from '../http/transport.js';
import type { ResourcePolicy } from '../options/resource-policy.js';
import type { KnownResource } from '../resource/known-resource.js';

/** How a resource is read, and how it is kept up to date. */
export interface Way {
  readonly wire: Wire;
  readonly known: KnownResource;
  readonly policy: Pick<ResourcePolicy, 'live'>;
}

/** Whoever keeps values up to date. */
export interface Keeper {
  /** Others look at it than did before, or nobody does. */
  changes(known: KnownResource): void;
  /** This is what it is from now on; undefined: there is none any more. */
  learnt(known: KnownResource, state: State | undefined): void;
}

/** The resources of a client that somebody looks at, and how they are read. */
export class Watched {
  readonly #ways = new Map<KnownResource, readonly Way[]>();
  keeper: Keeper | undefined;

  /** @returns what ends it. */
  add(way: Way): () => void {
    const { known } = way;
    // Who looks twice stands here twice.
    const own = { ...way };
    this.#set(known, [...this.waysOf(known), own]);
    return () => {
      const others = this.waysOf(known).filter((other) => other !== own);
      if (others.length < this.waysOf(known).length) this.#set(known, others);
    };
  }

  waysOf(known: KnownResource): readonly Way[] {
    return this.#ways.get(known) ?? [];
  }

  *[Symbol.iterator](): Iterator<KnownResource> {
    yield* this.#ways.keys();
  }

  #set(known: KnownResource, ways: readonly Way[]): void {
    if (ways.length > 0) this.#ways.set(known, ways);
    else this.#ways.delete(known);
    this.keeper?.changes(known);
  }
}
