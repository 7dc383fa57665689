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

/** One owner's entries in a storage. Steps about one entry are taken one after the other. What fails is told, never thrown. */
export class Store {
  readonly #storage: OutboxStorage;
  readonly #prefix: string;
  readonly #onError: (error: StorageError) => void;
  readonly #steps = new Map<string, Promise<unknown>>();
  /** It was waited for once. Until it answers, nobody waits again. */
  #isBlocked = false;

  constructor(storage: OutboxStorage, owner: string, onError: (error: StorageError) => void) {
    this.#storage = storage;
    this.#prefix = `unconflict/${encodeURIComponent(owner)}/`;
    this.#onError = onError;
  }

  /** The ids of what is stored, sorted. */
  async ids(): Promise<readonly string[]> {
    const keys = await this.#told(undefined, () => this.#storage.keys());
    const own = (keys ?? []).filter((key) => key.startsWith(this.#prefix));
    return own.map((key) => key.slice(this.#prefix.length)).sort();
  }

  /** Undefined: nothing that can be read; it stays where it is. */
  async read(id: string): Promise<Stored | undefined> {
    const key = this.#prefix + id;
    const text = await this.#told(key, () => this.#storage.get(key));
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

  write(id: string, stored: Stored): Promise<void> {
    const key = this.#prefix + id;
    const text = JSON.stringify(stored);
    return this.#inTurn(key, async () => void (await this.#storage.set(key, text)));
  }

  remove(id: string): Promise<void> {
    const key = this.#prefix + id;
    return this.#inTurn(key, async () => void (await this.#storage.delete(key)));
  }

  async #inTurn(key: string, step: () => Promise<void>): Promise<void> {
    const before = this.#steps.get(key) ?? Promise.resolve();
    // It waits for the step itself: one that comes late must not undo the next one.
    const work = before.then(step);
    const quiet = work.catch(() => {});
    this.#steps.set(key, quiet);
    await this.#told(key, () => work);
    if (this.#steps.get(key) === quiet) this.#steps.delete(key);
  }

  async #told<T>(key: string | undefined, step: () => Promise<T>): Promise<T | undefined> {
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
      this.#tell(key, cause === LATE ? 'blocked' : isFull ? 'full' : 'failed', cause);
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
    URL.canParse(String(url)) &&
    ['update', 'create', 'delete'].includes(kind) &&
    Array.isArray(patch) &&
    Array.isArray(doubts) &&
    base !== undefined &&
    local !== undefined
  );
}
