import type { Clock } from '../wire/clock.js';
import type { RequestRecord } from '../wire/record.js';

/** One committed state of a document. Kept as JSON text, so that nobody can change it and no digit is lost. */
export interface State {
  /** Counts the commits of this path from 1; deleting and creating again goes on counting. */
  readonly count: number;
  /** Undefined: deleted. */
  readonly text: string | undefined;
  /** When it was committed, in ms since the epoch. */
  readonly at: number;
  /** `at` in whole seconds, and at least one second after the state before: no two states share a Last-Modified. */
  readonly dated: number;
  /** The request that made it; undefined for the test's own `seed`, `edit` and `remove`. */
  readonly by: RequestRecord | undefined;
}

/** A state that is not a deletion. */
export type LiveState = State & { readonly text: string };

export const isLive = (state: State | undefined): state is LiveState => state?.text !== undefined;

/** Documents by path, with every state each of them ever had. */
export interface Store {
  /** All states, oldest first; empty for a path never written. */
  states(path: string): readonly State[];
  latest(path: string): State | undefined;
  commit(path: string, text: string | undefined, by?: RequestRecord): State;
  /** The next free path below a collection: `/articles` → `/articles/1`, `/articles/2` … */
  nextIn(collection: string): string;
  clear(): void;
}

export function createStore(clock: Clock): Store {
  // A Map, so that a path named like a member of Object.prototype is only a path.
  const documents = new Map<string, State[]>();
  const statesOf = (path: string): readonly State[] => documents.get(path) ?? [];

  return {
    states: statesOf,
    latest: (path) => statesOf(path).at(-1),
    commit: (path, text, by) => {
      const states = documents.get(path) ?? [];
      const at = clock.now();
      const dated = Math.max(Math.floor(at / 1000) * 1000, (states.at(-1)?.dated ?? 0) + 1000);
      const state: State = { count: states.length + 1, text, at, dated, by };
      states.push(state);
      documents.set(path, states);
      return state;
    },
    nextIn: (collection) => {
      const base = collection.replace(/\/+$/, '');
      let number = 1;
      while (documents.has(`${base}/${number}`)) number += 1;
      return `${base}/${number}`;
    },
    clear: () => documents.clear(),
  };
}
