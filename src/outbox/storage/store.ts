import type { OutboxStorage } from '../../index.js';
import { StorageError } from '../../index.js';
import type { Stored } from './stored.js';
import { isStored } from './stored.js';

/** ms. A storage that has not answered by then is blocked. */
const PATIENCE = 5_000;
/** ms. So long is waited for one that is blocked: perhaps it was that one step only. To be read is less urgent. */
const SHORT = { read: 0, write: 200 };

/** ms. So long is waited until a failed step is tried again. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;
/** Steps of one key that are asked for at once of a storage that does not answer. */
const MANY = 3;
/** Keys that are remembered because of what may still be carried out. */
const MOST = 1_000;

/** What is to be stored under one key, until that is done. */
interface Place {
  /** Undefined: nothing. */
  text: string | undefined;
  steps: number;
  failures: number;
  /** Steps that were given up and may still be carried out. */
  late: number;
  /** What it says is stored. */
  isDone: boolean;
  turn: Promise<boolean>;
  timer?: ReturnType<typeof setTimeout>;
}

/** One owner's entries in a storage. Steps about one entry are taken one after the other. What fails is told, never thrown. */
export class Store {
  readonly #storage: OutboxStorage;
  readonly #prefix: string;
  readonly #onError: (error: StorageError) => void;
  /** It was waited for once. Until it answers, nobody waits so long again. One that cannot be read may well be written. */
  readonly #isBlocked = { read: false, write: false };
  /** How often something that is stored could not be read. */
  unread = 0;
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

  /** Resolves when it is stored. False: it was told that it is not; it is tried again until it is. */
  write(id: string, stored: Stored): Promise<boolean> {
    return this.#put(this.#prefix + id, JSON.stringify(stored));
  }

  remove(id: string): Promise<boolean> {
    return this.#put(this.#prefix + id, undefined);
  }

  /** Tries nothing again. */
  stop(): void {
    this.#isStopped = true;
    for (const { timer } of this.#places.values()) clearTimeout(timer);
  }

  #put(key: string, text: string | undefined): Promise<boolean> {
    const turn = Promise.resolve(true);
    const place = this.#places.get(key) ?? { text, steps: 0, failures: 0, late: 0, isDone: false, turn };
    this.#places.set(key, place);
    place.text = text;
    place.isDone = false;
    place.steps += 1;
    const step = place.steps;
    clearTimeout(place.timer);
    place.turn = place.turn.then(() => this.#step(key, place, step));
    return place.turn;
  }

  async #step(key: string, place: Place, step: number): Promise<boolean> {
    const { text } = place;
    let isAnswered = false;
    const work = this.#carryOut(key, text).finally(() => {
      isAnswered = true;
    });
    const isDone = await this.#told('write', key, () => work.then(() => true), place.failures > 0);
    const isNewest = step === place.steps;
    if (isDone === true) {
      place.failures = 0;
      place.isDone = isNewest;
      this.#forget(key, place);
      return true;
    }
    place.failures += 1;
    if (isNewest && !this.#isStopped) this.#tryLater(key, place);
    if (isAnswered) return false;
    // What a blocked storage does at last must not undo what came after it.
    place.late += 1;
    const ended = (wasDone: boolean): void => {
      place.late -= 1;
      if (wasDone) this.#put(key, (this.#places.get(key) ?? place).text);
      else this.#forget(key, place);
    };
    work.then(
      () => ended(true),
      () => ended(false),
    );
    return false;
  }

  #tryLater(key: string, place: Place): void {
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(place.failures - 1, 10));
    place.timer = setTimeout(() => {
      // It has been asked often enough. As soon as it answers anybody, it is asked again.
      if (place.late >= MANY && this.#isBlocked.write) this.#tryLater(key, place);
      else this.#put(key, place.text);
    }, wait);
  }

  /** Nothing is to be done under a key, nor to be feared. Of a storage that never answers, only the last are remembered. */
  #forget(key: string, place: Place): void {
    if (!place.isDone || this.#places.get(key) !== place) return;
    if (place.late === 0) this.#places.delete(key);
    else if (this.#places.size > MOST)
      for (const [other, { isDone }] of this.#places) if (isDone) return void this.#places.delete(other);
  }

  async #carryOut(key: string, text: string | undefined): Promise<void> {
    await (text === undefined ? this.#storage.delete(key) : this.#storage.set(key, text));
  }

  async #read<T>(key: string | undefined, step: () => Promise<T>): Promise<T | undefined> {
    let isRead = false;
    const found = await this.#told('read', key, async () => {
      const met = await step();
      isRead = true;
      return met;
    });
    // What comes later is asked for again.
    if (!isRead) this.unread += 1;
    return found;
  }

  async #told<T>(
    way: 'read' | 'write',
    key: string | undefined,
    step: () => Promise<T>,
    isKnown = false,
  ): Promise<T | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(LATE), this.#isBlocked[way] ? SHORT[way] : PATIENCE);
    });
    const answered = (): void => {
      this.#isBlocked.read = false;
      this.#isBlocked.write = false;
    };
    try {
      const work = step();
      work.then(answered, answered);
      return await Promise.race([work, late]);
    } catch (cause) {
      if (cause === LATE) this.#isBlocked[way] = true;
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
