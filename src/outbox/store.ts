import type { StoredDoubt, StoredEdit } from '../client/outbox/index.js';
import type { OutboxStorage, SavedConflict } from '../index.js';
import { StorageError } from '../index.js';

/** What is stored of one entry. */
export interface Stored {
  readonly format: 1;
  /** The tab that sends it, as long as it lives. */
  readonly tab: string;
  readonly since: number;
  readonly edit: StoredEdit;
  readonly doubts: readonly StoredDoubt[];
  /** Idempotency keys taken so far. */
  readonly keys: number;
  /** The server refused it: it waits for a person. */
  readonly isRefused: boolean;
  /** The conflict that waits for a person, with what was chosen. */
  readonly conflict?: SavedConflict;
}

/** ms. A storage that has not answered by then is blocked. */
const PATIENCE = 5_000;

/** ms. So long is waited until a failed step is tried again. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

/** What is to be stored under one key, until that is done. */
interface Place {
  /** Undefined: nothing. */
  text: string | undefined;
  steps: number;
  failures: number;
  /** A step was given up that may still be carried out. */
  wasLate: boolean;
  turn: Promise<void>;
  timer?: ReturnType<typeof setTimeout>;
}

/** One owner's entries in a storage. Steps about one entry are taken one after the other. What fails is told, never thrown. */
export class Store {
  readonly #storage: OutboxStorage;
  readonly #prefix: string;
  readonly #onError: (error: StorageError) => void;
  /** It was waited for once. Until it answers, nobody waits again. */
  #isBlocked = false;
  /** Something that is stored could not be read. */
  isUnread = false;
  readonly #places = new Map<string, Place>();
  #isStopped = false;

  constructor(storage: OutboxStorage, owner: string, onError: (error: StorageError) => void) {
    this.#storage = storage;
    this.#prefix = `unconflict/${encodeURIComponent(owner)}/`;
    this.#onError = onError;
  }

  /** The ids of what is stored, sorted. */
  async ids(): Promise<readonly string[]> {
    const keys = await this.#read(undefined, () => this.#storage.keys());
    // What is being removed is gone.
    const isThere = (key: string): boolean => !(this.#places.has(key) && this.#places.get(key)?.text === undefined);
    const own = (keys ?? []).filter((key) => typeof key === 'string' && key.startsWith(this.#prefix) && isThere(key));
    return own.map((key) => key.slice(this.#prefix.length)).sort();
  }

  /** Undefined: nothing that can be read; it stays where it is. */
  async read(id: string): Promise<Stored | undefined> {
    const key = this.#prefix + id;
    const place = this.#places.get(key);
    const text = place === undefined ? await this.#read(key, () => this.#storage.get(key)) : place.text;
    if (text === undefined || text === null) return undefined;
    try {
      const found: unknown = JSON.parse(text);
      if (isStored(found)) return found;
      const { format } = Object(found);
      const isNewer = typeof format === 'number' && format > 1;
      this.#tell(key, isNewer ? 'newer' : 'corrupt', undefined);
    } catch (cause) {
      this.#tell(key, 'corrupt', cause);
    }
    return undefined;
  }

  /** Resolves when it is stored, or was told that it is not; then it is tried again until it is. */
  write(id: string, stored: Stored): Promise<void> {
    return this.#put(this.#prefix + id, JSON.stringify(stored));
  }

  remove(id: string): Promise<void> {
    return this.#put(this.#prefix + id, undefined);
  }

  /** Tries nothing again. */
  stop(): void {
    this.#isStopped = true;
    for (const { timer } of this.#places.values()) clearTimeout(timer);
  }

  #put(key: string, text: string | undefined): Promise<void> {
    const place = this.#places.get(key) ?? { text, steps: 0, failures: 0, wasLate: false, turn: Promise.resolve() };
    this.#places.set(key, place);
    place.text = text;
    place.steps += 1;
    const step = place.steps;
    clearTimeout(place.timer);
    place.turn = place.turn.then(() => this.#step(key, place, step));
    return place.turn;
  }

  async #step(key: string, place: Place, step: number): Promise<void> {
    const { text } = place;
    let isAnswered = false;
    const work = this.#carryOut(key, text).finally(() => {
      isAnswered = true;
    });
    const isDone = await this.#told(key, () => work.then(() => true), place.failures > 0);
    const isNewest = step === place.steps;
    if (isDone === true) {
      place.failures = 0;
      if (isNewest && !place.wasLate) this.#places.delete(key);
      return;
    }
    place.failures += 1;
    if (isNewest && !this.#isStopped) {
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(place.failures - 1, 10));
      place.timer = setTimeout(() => this.#put(key, place.text), wait);
    }
    if (isAnswered) return;
    // What a blocked storage does at last must not undo what came after it.
    place.wasLate = true;
    work.then(
      () => this.#put(key, place.text),
      () => {},
    );
  }

  async #carryOut(key: string, text: string | undefined): Promise<void> {
    await (text === undefined ? this.#storage.delete(key) : this.#storage.set(key, text));
  }

  async #read<T>(key: string | undefined, step: () => Promise<T>): Promise<T | undefined> {
    let isRead = false;
    const found = await this.#told(key, async () => {
      const met = await step();
      isRead = true;
      return met;
    });
    // What comes later is asked for again.
    if (!isRead) this.isUnread = true;
    return found;
  }

  async #told<T>(key: string | undefined, step: () => Promise<T>, isKnown = false): Promise<T | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(LATE), this.#isBlocked ? 0 : PATIENCE);
    });
    const answered = (): void => {
      this.#isBlocked = false;
    };
    try {
      const work = step();
      work.then(answered, answered);
      return await Promise.race([work, late]);
    } catch (cause) {
      this.#isBlocked = cause === LATE;
      const isFull = cause instanceof Error && cause.name === 'QuotaExceededError';
      if (!isKnown) this.#tell(key, cause === LATE ? 'blocked' : isFull ? 'full' : 'failed', cause);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  #tell(key: string | undefined, reason: StorageError['reason'], cause: unknown): void {
    const what = `The outbox's storage ${WORDS[reason]}${key === undefined ? '' : ` (${key})`}.`;
    const facts = { reason, key, ...(cause === undefined || cause === LATE ? {} : { cause }) };
    this.#onError(new StorageError(`${what} Edits go on in memory; what is stored stays there.`, facts));
  }
}

const LATE = new Error('late');

const WORDS: Record<StorageError['reason'], string> = {
  full: 'is full',
  blocked: `did not answer within ${PATIENCE / 1_000} s`,
  corrupt: 'holds something that is no edit',
  newer: 'holds an edit of a later version of this library',
  failed: 'failed',
};

function isStored(found: unknown): found is Stored {
  const { format, tab, since, edit, doubts, keys } = Object(found);
  if (format !== 1 || typeof tab !== 'string' || typeof since !== 'number' || typeof keys !== 'number') return false;
  const { editId, url, kind, patch, base, local } = Object(edit);
  return (
    typeof editId === 'string' &&
    /^https?:/.test(String(url)) &&
    URL.canParse(url) &&
    ['update', 'create', 'delete'].includes(kind) &&
    isPatch(patch) &&
    Array.isArray(doubts) &&
    doubts.every((doubt) => typeof doubt.key === 'string' && Array.isArray(doubt.edits) && isPatch(doubt.patch)) &&
    base !== undefined &&
    local !== undefined
  );
}

/** Others are compared with its places. Whether it can be applied shows when it is. */
function isPatch(patch: unknown): boolean {
  if (!Array.isArray(patch)) return false;
  return patch.every((operation: unknown) => {
    const { path, from = '' } = Object(operation);
    return typeof path === 'string' && typeof from === 'string';
  });
}
