import { StorageError } from '../../exports.js';

/** ms. A storage that has not answered by then is blocked. */
const PATIENCE = 5_000;
/** ms. So long is waited for one that is blocked: perhaps it was that one step only. To be read is less urgent. */
const SHORT = { read: 0, write: 200 };

/** Asks a storage, waits for its answer, and tells what it could not do. */
export class Asking {
  /** It was waited for once. Until it answers, nobody waits so long again. One that cannot be read may well be written. */
  readonly isBlocked: { read: boolean; write: boolean } = { read: false, write: false };
  readonly #onError: (error: StorageError) => void;

  constructor(onError: (error: StorageError) => void) {
    this.#onError = onError;
  }

  /** Undefined: it could not be done, and that is told, unless it is known. */
  async ask<T>(
    way: 'read' | 'write',
    key: string | undefined,
    step: () => Promise<T>,
    isKnown = false,
  ): Promise<T | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(LATE), this.isBlocked[way] ? SHORT[way] : PATIENCE);
    });
    const answered = (): void => {
      this.isBlocked.read = false;
      this.isBlocked.write = false;
    };
    try {
      const work = step();
      work.then(answered, answered);
      return await Promise.race([work, late]);
    } catch (cause) {
      if (cause === LATE) this.isBlocked[way] = true;
      const isFull = cause instanceof Error && cause.name === 'QuotaExceededError';
      if (!isKnown) this.tell(key, cause === LATE ? 'blocked' : isFull ? 'full' : 'failed', cause);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  tell(key: string | undefined, reason: StorageError['reason'], cause: unknown): void {
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
