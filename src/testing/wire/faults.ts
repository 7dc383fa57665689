import { InvalidOptionsError } from '../core.js';
import { type PathPattern, pathMatches, toPath } from '../store/path.js';
import type { State } from '../store/store.js';
import type { Clock } from './clock.js';

/** Which requests a fault hits, and for how long. */
export interface FaultAim {
  /** Default: every request, but reads only for `stale-read`. */
  readonly on?: { readonly method?: string | readonly string[]; readonly path?: PathPattern };
  /** Starts with the nth request that fits, counted from 1. Default 1. */
  readonly nth?: number;
  /** Hits every such request only, of those that fit: 2 is every other one. Default 1. */
  readonly every?: number;
  /** How many requests it hits. Default 1; Infinity until it is cancelled. */
  readonly times?: number;
  /** Hits every request that fits for this many ms, instead of `times`. */
  readonly for?: number;
}

/** What goes wrong. */
export type FaultKind =
  /** Committed, but the client never hears of it: the connection breaks. */
  | { readonly kind: 'lose-answer' }
  /** The connection breaks before the request arrives; nothing is done. */
  | { readonly kind: 'lose-request' }
  /** Waits `ms` before it is handled, or `after` it was. */
  | { readonly kind: 'delay'; readonly ms: number; readonly after?: boolean }
  /** Answers this in the server's place; with `commit` after the server did its work. A body that is no string is sent as JSON. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
      readonly commit?: boolean;
    }
  /** A gateway's HTML page instead of JSON, by default with 502; with `commit` after the server did its work. */
  | {
      readonly kind: 'html';
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly commit?: boolean;
    }
  /** The answer lacks its version: no ETag (as CORS hides it), no `_rev`. */
  | { readonly kind: 'hide-version' }
  /** The body breaks off in the middle. */
  | { readonly kind: 'truncate' }
  /** A lagging replica answers a read: `behind` states back (default 1), or with the state of `lag` ms ago, or the one that was seeded. */
  | { readonly kind: 'stale-read'; readonly behind?: number; readonly lag?: number }
  /** The network delivers the request twice; the client hears the answer to the first (default) or to the second. */
  | { readonly kind: 'duplicate'; readonly answer?: 'first' | 'second' }
  /** Tags go out weak, as through a compressing gateway; with `rejectIfMatch` no If-Match fits either, as on Apache just after a write. */
  | { readonly kind: 'weak-tag'; readonly rejectIfMatch?: boolean }
  /** Something happens on the server just before the request is handled. */
  | { readonly kind: 'meanwhile'; readonly run: () => void };

/** A fault as it is given to `server.fault()`. */
export type FaultOptions = FaultAim & FaultKind;

/** A fault that was set. */
export interface Fault {
  /** Requests it has hit. */
  readonly hits: number;
  /** True when it will hit no more. */
  readonly spent: boolean;
  cancel(): void;
}

interface Armed {
  readonly options: FaultOptions;
  readonly until: number | undefined;
  seen: number;
  hits: number;
  cancelled: boolean;
}

export interface Faults {
  add(options: FaultOptions): Fault;
  /**
   * The faults that hit this request: every one that holds for a time, and the first of the counted ones in the order they were set,
   * so that faults set one after the other hit one request after the other.
   */
  take(request: { readonly method: string; readonly path: string }): readonly FaultKind[];
  clear(): void;
}

export function createFaults(clock: Clock): Faults {
  let armed: Armed[] = [];
  const spent = ({ options, until, hits, cancelled }: Armed): boolean =>
    cancelled || (until === undefined ? hits >= (options.times ?? 1) : clock.now() >= until);

  return {
    add: (options) => {
      check(options);
      const fault: Armed = {
        options,
        until: options.for === undefined ? undefined : clock.now() + options.for,
        seen: 0,
        hits: 0,
        cancelled: false,
      };
      armed.push(fault);
      return {
        get hits() {
          return fault.hits;
        },
        get spent() {
          return spent(fault);
        },
        cancel: () => {
          fault.cancelled = true;
        },
      };
    },
    take: (request) => {
      armed = armed.filter((fault) => !spent(fault));
      const taken: FaultKind[] = [];
      let counted = false;
      for (const fault of armed) {
        if (!fits(fault.options, request)) continue;
        fault.seen += 1;
        const { nth = 1, every = 1 } = fault.options;
        if (fault.seen < nth || (fault.seen - nth) % every !== 0 || (counted && fault.until === undefined)) continue;
        counted ||= fault.until === undefined;
        fault.hits += 1;
        taken.push(fault.options);
      }
      return taken;
    },
    clear: () => {
      for (const fault of armed) fault.cancelled = true;
      armed = [];
    },
  };
}

const READS = ['GET', 'HEAD'];

function fits(
  { on, kind }: FaultOptions,
  { method, path }: { readonly method: string; readonly path: string },
): boolean {
  const methods = on?.method === undefined ? undefined : [on.method].flat().map((name) => name.toUpperCase());
  if (kind === 'stale-read' && !READS.includes(method)) return false;
  return (methods?.includes(method) ?? true) && (on?.path === undefined || pathMatches(on.path, path));
}

function check(options: FaultOptions): void {
  if (typeof options.on?.path === 'string') toPath(options.on.path);
  const status = options.kind === 'status' || options.kind === 'html' ? (options.status ?? 502) : 502;
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new InvalidOptionsError(`A fault's status must be between 200 and 599; got ${status}.`, { option: 'status' });
  }
}

/** The state that a lagging replica shows. */
export function laggingView(fault: { readonly behind?: number; readonly lag?: number }, now: number) {
  return (states: readonly State[]): State | undefined => {
    const { lag, behind = 1 } = fault;
    if (lag === undefined) return states.at(-1 - behind);
    // What the test itself put there first counts as having always been there.
    return states.findLast(({ at }) => at <= now - lag) ?? states.find(({ by, count }) => count === 1 && !by);
  };
}
