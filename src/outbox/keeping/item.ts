import type { HeldEdit, StoredDoubt, WayBack } from '../../client/outbox/index.js';
import type { ConflictDesk, ConflictSession, EditResult, OutboxEntry, SavedConflict } from '../../exports.js';
import { InvalidOptionsError } from '../../exports.js';
import type { Stored } from '../storage/stored.js';

const FIRST_WAIT = 1_000;
/** ms. Of a server that answers, and of one that does not. */
const LONGEST_WAIT = { answered: 60_000, silent: 30_000 };

/** One entry: the edit, where it stands, and the promise of whoever made it. */
export class Item {
  readonly id: string;
  readonly held: HeldEdit;
  readonly since: number;
  /** The tab that made it, by whose name it is stored for good. */
  readonly tab: string;
  state: Exclude<OutboxEntry['state'], 'paused'> = 'waiting';
  error: Error | undefined;
  doubts: readonly StoredDoubt[];
  keys: number;
  /** What it was made on top of, and was given up. The latest first. */
  without: readonly WayBack[];
  /** What to do where nothing tells whether a write arrived: a person says `make`. */
  untold: 'make' | 'fail' = 'fail';
  /** The conflict that waits for a person, and where it was put. */
  session: ConflictSession | undefined;
  desk: ConflictDesk | undefined;
  /** That conflict, as it is stored. */
  conflict: SavedConflict | undefined;
  /** It is in its resource's queue. */
  isOut = false;
  /** Bytes of it may have left, and what came of that is not known yet. */
  isSent = false;
  /** It was given to the queue while it was in doubt. */
  isLookedFor = false;
  isStored: boolean;
  /** It was there before this tab. */
  readonly isRestored: boolean;
  /** It was known before anything was sent here. */
  isFirst = false;
  /** Saved, or given up. */
  isOver = false;
  failures = 0;
  promise: Promise<EditResult>;
  resolve: (result: EditResult) => void = () => {};
  /** Once: whoever comes later gets another promise. */
  reject: (error: unknown) => void = () => {};
  isRejected = false;
  controller: AbortController = new AbortController();
  /** Runs until it is tried again. */
  timer: ReturnType<typeof setTimeout> | undefined;
  #entry: OutboxEntry | undefined;
  /** How often the bytes of each key were sent and not refused. */
  readonly #times = new Map<string, number>();

  constructor(id: string, held: HeldEdit, tab: string, stored?: Stored) {
    this.id = id;
    this.tab = tab;
    this.isRestored = stored !== undefined;
    this.isStored = this.isRestored;
    this.held = held;
    this.since = stored?.since ?? Date.now();
    this.doubts = stored?.doubts ?? [];
    this.keys = stored?.keys ?? 0;
    this.without = stored?.without ?? [];
    this.conflict = stored?.conflict;
    if (stored?.isRefused === true) this.state = 'refused';
    if (this.conflict !== undefined) this.state = 'conflicted';
    if (this.isApart) {
      this.state = 'refused';
      this.error = apart(held.handle().url);
    }
    this.promise = this.#renewed();
  }

  /** Made before this client by a way of its own: sent by another, it would change another document. */
  get isApart(): boolean {
    return this.isRestored && this.held.stored.isApart === true;
  }

  /** Whether it left its queue for this, to come after what it was behind there. */
  isCalledBack(reason: unknown): boolean {
    const { signal } = this.controller;
    return signal.aborted && signal.reason === reason;
  }

  /** Hears its caller's signal until it has ended. */
  leaveOnAbort(leave: () => void): void {
    const { signal } = this.held;
    signal?.addEventListener('abort', leave, { once: true });
    const forget = (): void => signal?.removeEventListener('abort', leave);
    this.promise.then(forget, forget);
  }

  /** It is tried again later: after each failure it waits longer. */
  wait(again: () => void): void {
    this.timer = setTimeout(() => {
      this.timer = undefined;
      again();
    }, this.#nextWait());
  }

  #nextWait(): number {
    this.failures += 1;
    const isAnswered = this.error !== undefined && 'status' in this.error && this.error.status !== undefined;
    const longest = LONGEST_WAIT[isAnswered ? 'answered' : 'silent'];
    return Math.min(longest, FIRST_WAIT * 2 ** Math.min(this.failures - 1, 10));
  }

  stopWaiting(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Who made it has been told; who tries it again waits anew. */
  renew(): void {
    if (this.isRejected) this.promise = this.#renewed();
  }

  #renewed(): Promise<EditResult> {
    this.isRejected = false;
    const promise = new Promise<EditResult>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = (error) => {
        this.isRejected = true;
        reject(error);
      };
    });
    // It need not be awaited: `entries` and the client's events tell, too.
    promise.catch(() => {});
    return promise;
  }

  stored(): Stored {
    const { tab, since, held, doubts, keys, state, without, conflict } = this;
    const kept = { format: 1, tab, since, edit: held.stored, doubts, keys, isRefused: state === 'refused' } as const;
    return { ...kept, ...(without.length > 0 ? { without } : {}), ...(conflict === undefined ? {} : { conflict }) };
  }

  /** The same until something of it changes. */
  entry(isPaused: boolean): OutboxEntry {
    const { url: resource, kind, patch } = this.held.stored;
    const { id, since, error, session } = this;
    const state = isPaused && this.state === 'waiting' ? 'paused' : this.state;
    const known = this.#entry;
    if (known !== undefined && known.state === state && known.error === error && known.session === session)
      return known;
    this.#entry = Object.freeze({ id, resource, kind, patch, since, state, error, session });
    return this.#entry;
  }

  /** False: these very bytes are noted already. */
  note(doubt: StoredDoubt): boolean {
    const times = this.#times.get(doubt.key) ?? 0;
    this.#times.set(doubt.key, times + 1);
    this.keys = Math.max(this.keys, Number(doubt.key.slice(doubt.key.lastIndexOf('-') + 1)) || 0);
    if (!this.share(doubt)) return false;
    // What a person said was about what was sent before.
    this.untold = 'fail';
    return true;
  }

  /** It was in that write, too. False: it is noted already. */
  share(doubt: StoredDoubt): boolean {
    if (this.doubts.some(({ key }) => key === doubt.key)) return false;
    this.doubts = [...this.doubts, doubt];
    return true;
  }

  /** Others were sent without this one: what shows of them tells nothing any more of a write that they were in together. False: nothing changed. */
  narrow(sent: ReadonlySet<string>): boolean {
    const { editId, base, patch } = this.held.stored;
    const isSpoilt = ({ edits }: StoredDoubt): boolean => edits.some((edit) => edit !== editId && sent.has(edit));
    if (!this.doubts.some(isSpoilt)) return false;
    this.doubts = this.doubts.map((doubt) => (isSpoilt(doubt) ? { ...doubt, base, patch, edits: [editId] } : doubt));
    return true;
  }

  /** What was refused each time has not arrived. What was sent without an answer may have. False: nothing changed. */
  forget(key: string): boolean {
    const times = (this.#times.get(key) ?? 0) - 1;
    this.#times.set(key, times);
    if (times !== 0) return false;
    this.doubts = this.doubts.filter((doubt) => doubt.key !== key);
    return true;
  }
}

/** Ids that sort by age, also where the clock is put back. */
export class Ids {
  #latest = 0;
  #made = 0;

  next({ stored: { editId } }: HeldEdit): string {
    this.#latest = Math.max(this.#latest, Date.now());
    this.#made += 1;
    return [this.#latest.toString(36).padStart(9, '0'), this.#made.toString(36).padStart(5, '0'), editId].join('-');
  }

  /** What is made from now on is younger than this one. */
  follow(id: string): void {
    this.#latest = Math.max(this.#latest, (Number.parseInt(id.slice(0, 9), 36) || 0) + 1);
  }
}

/** The oldest first. What was found at the start was made before, whatever the clock said then. */
export function byAge(one: Item, other: Item): number {
  return Number(other.isFirst) - Number(one.isFirst) || (one.id < other.id ? -1 : 1);
}

function apart(url: string): Error {
  return new InvalidOptionsError(
    `The edit of ${url} was made with headers or an envelope that only its handle or call had. They are not stored, and without them it would change another document: it is not sent. Give them in \`resources\` or \`defaults\`. What was typed is in the entry's \`patch\`; discard(id) removes it.`,
    { option: 'headers', url },
  );
}
