import { type Answer, type Problem, problemAnswer } from '../wire/answer.js';
import type { Clock } from '../wire/clock.js';

/** Who holds a document, and what others are told. */
export interface LockOptions {
  /** Named in the answer. */
  readonly holder?: string;
  /** Released by itself after this many ms. Default: never. */
  readonly for?: number;
  /** Default 423 (WebDAV). 409 as Ironic, 412 as an Azure lease. */
  readonly status?: 423 | 409 | 412;
  /** Seconds, a date, or false for no Retry-After at all. Default: what is left of `for`, if that is given. */
  readonly retryAfter?: number | Date | false;
  /** More members of the problem body; `code` is `resourceLocked` unless given. */
  readonly problem?: Problem;
}

export interface Locks {
  lock(path: string, options: LockOptions): void;
  unlock(path: string): boolean;
  /** The refusal a write to this path gets now. */
  refusal(path: string): Answer | undefined;
  clear(): void;
}

export function createLocks(clock: Clock): Locks {
  const held = new Map<string, { readonly options: LockOptions; readonly until: number }>();

  const retryAfter = ({ retryAfter }: LockOptions, until: number): string | undefined => {
    if (retryAfter === false) return undefined;
    if (retryAfter instanceof Date) return retryAfter.toUTCString();
    if (retryAfter !== undefined) return String(retryAfter);
    return Number.isFinite(until) ? String(Math.ceil((until - clock.now()) / 1000)) : undefined;
  };

  return {
    lock: (path, options) => {
      held.set(path, { options, until: clock.now() + (options.for ?? Number.POSITIVE_INFINITY) });
    },
    unlock: (path) => held.delete(path),
    refusal: (path) => {
      const lock = held.get(path);
      if (!lock) return undefined;
      if (lock.until <= clock.now()) {
        held.delete(path);
        return undefined;
      }
      const { holder, status = 423, problem } = lock.options;
      const detail = `${path} is locked${holder === undefined ? '' : ` by ${holder}`}; it has not changed.`;
      const wait = retryAfter(lock.options, lock.until);
      const headers: [string, string][] = wait === undefined ? [] : [['Retry-After', wait]];
      return problemAnswer('locked', status, { detail, code: 'resourceLocked', holder, ...problem }, headers);
    },
    clear: () => held.clear(),
  };
}
