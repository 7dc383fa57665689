import type { OutboxStorage, StorageError } from '../../exports.js';
import { Asking } from './asking.js';
import type { Stored } from './stored.js';
import { isStored } from './stored.js';

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
  readonly #asking: Asking;
  /** How often something that is stored could not be read. */
  unread = 0;
  /** What could not be read when it was last asked for, and was told of. Undefined: the keys. */
  readonly #unreadable = new Set<string | undefined>();
  /** The tabs of what was read: they stay the same. Undefined: it was removed, whatever the storage shows of it. */
  readonly #tabs = new Map<string, string | undefined>();
  readonly #places = new Map<string, Place>();
  #isStopped = false;

  constructor(storage: OutboxStorage, owner: string, onError: (error: StorageError) => void) {
    this.#storage = storage;
    this.#prefix = `unconflict/${encodeURIComponent(owner)}/`;
    this.#asking = new Asking(onError);
  }

  /** The ids of what is stored, sorted. What is being removed is gone. */
  async ids(): Promise<readonly string[]> {
    const isThere = (key: string): boolean => !(this.#places.has(key) && this.#places.get(key)?.text === undefined);
    return this.#idsOf((await this.#keys()) ?? []).filter((id) => isThere(this.#prefix + id));
  }

  /** Undefined: nothing that can be read; it stays where it is. */
  async tabOf(id: string): Promise<string | undefined> {
    if (this.#tabs.has(id)) return this.#tabs.get(id);
    const tab = await this.read(id, ({ tab }) => tab);
    if (tab !== undefined) this.#tabs.set(id, tab);
    return tab;
  }

  /** What is made of an entry. Undefined: nothing that can be read, or made something of; it stays where it is. */
  async read<T>(id: string, make: (stored: Stored) => T | Promise<T>): Promise<T | undefined> {
    const key = this.#prefix + id;
    const place = this.#places.get(key);
    const text = place === undefined ? await this.#read(key, () => this.#storage.get(key)) : place.text;
    if (text === undefined || text === null) return undefined;
    let reason: StorageError['reason'] = 'corrupt';
    let cause: unknown;
    try {
      const found: unknown = JSON.parse(text);
      if (isStored(found)) {
        const made = await make(found);
        this.#unreadable.delete(key);
        return made;
      }
      const { format } = Object(found);
      if (typeof format === 'number' && format > 1) reason = 'newer';
    } catch (met) {
      cause = met;
    }
    if (!this.#unreadable.has(key)) this.#asking.tell(key, reason, cause);
    this.#unreadable.add(key);
    return undefined;
  }

  /** Resolves when it is stored. False: it was told that it is not; it is tried again until it is. */
  write(id: string, stored: Stored): Promise<boolean> {
    return this.#put(this.#prefix + id, JSON.stringify(stored));
  }

  remove(id: string): Promise<boolean> {
    if (this.#tabs.has(id)) this.#tabs.set(id, undefined);
    return this.#put(this.#prefix + id, undefined);
  }

  /** Erases what is stored and what is just being stored, but for what is to be kept. False: it was told that this could not be done. */
  async erase(isKept: (id: string) => boolean): Promise<boolean> {
    const keys = await this.#keys();
    const ids = this.#idsOf([...(keys ?? []), ...this.#places.keys()]).filter((id) => !isKept(id));
    const done = await Promise.all(ids.map((id) => this.remove(id)));
    return keys !== undefined && !done.includes(false);
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
    const isDone = await this.#asking.ask('write', key, () => work.then(() => true), place.failures > 0);
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
      if (place.late >= MANY && this.#asking.isBlocked.write) this.#tryLater(key, place);
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

  async #keys(): Promise<readonly string[] | undefined> {
    const keys = await this.#read(undefined, () => this.#storage.keys());
    if (keys !== undefined) this.#unreadable.delete(undefined);
    return keys;
  }

  /** Of those of this owner. Whoever names one twice means one. */
  #idsOf(keys: readonly string[]): readonly string[] {
    const own = [...new Set(keys)].filter((key) => typeof key === 'string' && key.startsWith(this.#prefix));
    return own.map((key) => key.slice(this.#prefix.length)).sort();
  }

  async #read<T>(key: string | undefined, step: () => Promise<T>): Promise<T | undefined> {
    let isRead = false;
    const ask = async (): Promise<T> => {
      const met = await step();
      isRead = true;
      return met;
    };
    const found = await this.#asking.ask('read', key, ask, this.#unreadable.has(key));
    if (isRead) return found;
    // What comes later is asked for again.
    this.unread += 1;
    this.#unreadable.add(key);
    return undefined;
  }
}
