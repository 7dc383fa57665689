import { InvalidOptionsError, type JsonObject, type JsonValue } from './core.js';
import type { Backend } from './handle/backend.js';
import { keptText } from './handle/commit.js';
import { parseText, stringify } from './store/json-text.js';
import { toPath } from './store/path.js';
import { isLive, type State } from './store/store.js';
import type { RequestRecord } from './wire/record.js';

/** A document and the version it has now, as a client would know it: the ETag with its quotes, the `_rev`, the number in digits. */
export interface StoredDocument<T = JsonValue> {
  readonly value: T;
  readonly version: string;
}

/** One committed state of a document. */
export interface HistoryEntry<T = JsonValue> {
  readonly version: string;
  /** Undefined: deleted. */
  readonly value: T | undefined;
  /** When, in ms since the epoch. */
  readonly at: number;
  /** The request that committed it; undefined for `seed`, `edit` and `remove`. */
  readonly by: RequestRecord | undefined;
}

/** Documents by path, as the test itself sees and changes them. */
export interface Documents {
  /** Puts a document there, or in the place of what is there. */
  seed(path: string, value: unknown): StoredDocument;
  /** The same from JSON text, with numbers that JavaScript would round. */
  seedText(path: string, text: string): StoredDocument;
  /** A copy of a document; undefined if there is none. */
  get<T = JsonValue>(path: string): StoredDocument<T> | undefined;
  /** The text of a document as it is kept, every digit included; undefined if there is none. */
  text(path: string): string | undefined;
  /** Changes a document behind everyone's back. The recipe changes a copy, or returns a new value. */
  edit<T = JsonObject>(path: string, recipe: (draft: T) => T | void): StoredDocument<T>;
  /** Deletes a document behind everyone's back. */
  remove(path: string): void;
  /** Every state this path ever had, oldest first: what landed, how often, and by whom. */
  history<T = JsonValue>(path: string): HistoryEntry<T>[];
}

export function documentsOf(backend: Backend): Documents {
  const { store } = backend;
  const { versions } = backend.settings;

  const read = <T>(state: State | undefined): StoredDocument<T> | undefined => {
    if (!isLive(state)) return undefined;
    const value: T = JSON.parse(state.text);
    return { value, version: versions.text(state) };
  };
  const existing = <T>(path: string): StoredDocument<T> => {
    const found = read<T>(store.latest(toPath(path)));
    if (found) return found;
    throw new InvalidOptionsError(`There is no document at ${path}. Put one there with server.seed().`, {
      option: 'path',
    });
  };
  const keep = (path: string, text: string | undefined, given: unknown): void => {
    const at = toPath(path);
    if (text === undefined)
      throw new InvalidOptionsError(`A document must be JSON; got ${typeof given} for ${path}.`, { option: 'value' });
    store.commit(at, keptText(backend, parseText(text), at));
  };

  return {
    seed: (path, value) => {
      keep(path, stringify(value), value);
      return existing(path);
    },
    seedText: (path, text) => {
      keep(path, text, text);
      return existing(path);
    },
    get: (path) => read(store.latest(toPath(path))),
    text: (path) => store.latest(toPath(path))?.text,
    edit: <T>(path: string, recipe: (draft: T) => T | void) => {
      const { value } = existing<T>(path);
      const next = recipe(value) ?? value;
      keep(path, stringify(next), next);
      return existing<T>(path);
    },
    remove: (path) => {
      existing(path);
      store.commit(toPath(path), undefined);
    },
    history: <T>(path: string) =>
      store.states(toPath(path)).map((state): HistoryEntry<T> => {
        const { at, by } = state;
        return { version: versions.text(state), value: read<T>(state)?.value, at, by };
      }),
  };
}
