import type { JsonValue } from '../../core/json.js';
import type { MemoryLimits } from '../options/client-options.js';
import { holdsQueryOf } from '../resource/base.js';
import type { PlainHeaders } from '../resource/identity-key.js';
import { identityKey, isSameIdentity } from '../resource/identity-key.js';

/** A state some plain read handed out, or a write made: the raw text, because the parsed value is the caller's to change. */
export interface Remembered {
  readonly url: string;
  /** Undefined: a write made it, and its answer named none. */
  readonly version: string | undefined;
  /** Undefined: a write that cannot be read made it. */
  readonly text: string | undefined;
  /** What the text says, where nobody can change it. */
  readonly value?: JsonValue | undefined;
  /** The server did not tell what it keeps: the text is what was sent. */
  readonly isAssumed?: boolean;
  /** Headers of the answer, for an envelope that reads them. */
  readonly headers: Headers;
  /** Headers it was asked for with. */
  readonly asked: PlainHeaders;
  /** What is known of the resource lasts as long as this: who writes from an older state is not to meet what the same client wrote since. */
  readonly lane?: object | undefined;
  /** Where a write of the caller's made it. */
  readonly written?: Written;
}

/** A write's answer, and what its caller knows of what it made. */
export interface Written {
  readonly answer: Response;
  /** What he wrote, where others' changes were merged in: until he reads the answer, he knows nothing else. */
  readonly own: string | undefined;
  /** What the answer shows, where that is something else than what was saved: a receipt, or the state before. */
  readonly shown: string | undefined;
  readonly showsBefore: boolean;
}

/** Nothing was read there; only with a query that may give a part; or the answer named no version. */
export type Unknown = 'not-read' | 'part-read' | 'no-version';

/** Which document a call is about. */
export interface Target {
  readonly url: URL;
  readonly asked: PlainHeaders;
}

const encoder = new TextEncoder();

interface Kept {
  readonly entry: Remembered;
  readonly size: number;
  readonly lane: object | undefined;
}

/** What the plain verbs have handed out, so that a later write can be made conditional on it. The oldest are forgotten first. */
export class Memory {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  /** In order of use, the oldest first. */
  readonly #kept = new Map<string, Kept>();
  readonly #values = new WeakMap<object, Remembered>();
  /** Those of each URL without its query, the newest last. */
  readonly #ofPath = new Map<string, Set<Remembered>>();
  /** Those that a write cannot be made from before it is read again. */
  readonly #doubted = new WeakSet<Remembered>();
  /** Paths whose last answer named no version. */
  readonly #versionless = new Set<string>();
  #bytes = 0;

  constructor({ entries = 100, bytes = 10_000_000 }: MemoryLimits) {
    this.#maxEntries = entries;
    this.#maxBytes = bytes;
  }

  /** Remembers an answer, and which value was handed out for it. */
  add(entry: Remembered, handedOut: unknown): void {
    const key = keyOf(entry);
    const known = this.#kept.get(key);
    for (const other of this.#replacedBy(entry)) {
      if (other !== known?.entry && this.isDoubted(other)) this.#drop(keyOf(other));
    }
    if (known !== undefined && known.entry.text === entry.text && known.entry.written === entry.written) {
      // Read again and found unchanged, as most of what is polled.
      this.#doubted.delete(known.entry);
      this.#trace(handedOut, known.entry);
      this.#touch(key, known);
      return;
    }
    this.#trace(handedOut, entry);
    this.#drop(key);
    this.#versionless.delete(pathOf(entry.url));
    const size = encoder.encode(entry.text).byteLength;
    if (size > this.#maxBytes) return;
    this.#kept.set(key, { entry, size, lane: entry.lane ?? known?.lane });
    const path = pathOf(entry.url);
    const others = this.#ofPath.get(path);
    if (others === undefined) this.#ofPath.set(path, new Set([entry]));
    else others.add(entry);
    this.#bytes += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#maxEntries && this.#bytes <= this.#maxBytes) break;
      this.#drop(oldest);
    }
  }

  /**
   * Everything that was handed out of a document, the newest last. A query of a write's own (`?notify=true`) makes no
   * other document of it; what was read with a query may be a part, or another, so that the write must have it, too.
   */
  of({ url, asked }: Target): readonly Remembered[] {
    const known = this.#at(url.href).filter(
      (entry) => holdsQueryOf(url.href, entry.url) && isSameIdentity(entry.asked, asked),
    );
    const exact = known.filter((entry) => entry.url === url.href);
    return exact.length > 0 ? exact : known;
  }

  #at(href: string): readonly Remembered[] {
    return [...(this.#ofPath.get(pathOf(href)) ?? [])];
  }

  /** Those that this one stands for: whatever write has them has this, too. */
  #replacedBy({ url, asked }: Pick<Remembered, 'url' | 'asked'>): readonly Remembered[] {
    return this.#at(url).filter((other) => holdsQueryOf(other.url, url) && isSameIdentity(other.asked, asked));
  }

  /** Whether anything was read there, by whomever: told at once. */
  knows(url: URL): boolean {
    return this.#ofPath.size > 0 && this.#ofPath.has(pathOf(url.href));
  }

  /** It was read, and the answer named no version that a write could name. */
  addVersionless(url: URL): void {
    const path = pathOf(url.href);
    this.#versionless.delete(path);
    this.#versionless.add(path);
    for (const oldest of this.#versionless) {
      if (this.#versionless.size <= this.#maxEntries) break;
      this.#versionless.delete(oldest);
    }
  }

  /** Why nothing is known that a write could be made from. */
  whyUnknown({ url, asked }: Target): Unknown {
    const own = this.#at(url.href).filter((entry) => isSameIdentity(entry.asked, asked));
    if (own.length > 0) return 'part-read';
    return this.#versionless.has(pathOf(url.href)) ? 'no-version' : 'not-read';
  }

  /** Which state a value that was handed out belongs to. */
  originOf(value: object): Remembered | undefined {
    return this.#values.get(value);
  }

  /** A value was read from an answer that is remembered. */
  handOut(answer: object, value: unknown): void {
    const entry = this.#values.get(answer);
    if (entry !== undefined) this.#trace(value, entry);
  }

  /** A write has taken the place of everything handed out before. */
  forget(target: Target): void {
    for (const entry of this.of(target)) this.#drop(keyOf(entry));
  }

  /** A write has made this of everything handed out before. */
  replace(entry: Remembered, handedOut: unknown): void {
    for (const other of this.#replacedBy(entry)) this.#drop(keyOf(other));
    this.add(entry, handedOut);
  }

  /** Nobody can tell what a write was made from: only a fresh read does. The newest stays, so that nothing passes unguarded meanwhile. */
  doubt(target: Target): void {
    const known = this.of(target);
    const newest = known.at(-1);
    for (const entry of known) {
      if (entry === newest) this.#doubted.add(entry);
      else this.#drop(keyOf(entry));
    }
  }

  isDoubted(entry: Remembered): boolean {
    return this.#doubted.has(entry);
  }

  /** Makes it the newest. */
  #touch(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const others = this.#ofPath.get(pathOf(kept.entry.url));
    others?.delete(kept.entry);
    others?.add(kept.entry);
  }

  #trace(value: unknown, entry: Remembered): void {
    if (typeof value === 'object' && value !== null) this.#values.set(value, entry);
  }

  #drop(key: string): void {
    const kept = this.#kept.get(key);
    if (kept === undefined) return;
    const { entry, size } = kept;
    this.#bytes -= size;
    this.#kept.delete(key);
    const path = pathOf(entry.url);
    const others = this.#ofPath.get(path);
    others?.delete(entry);
    if (others?.size === 0) this.#ofPath.delete(path);
  }
}

function keyOf({ url, version, asked }: Remembered): string {
  return `${url} ${version ?? ''} ${identityKey(asked)}`;
}

function pathOf(href: string): string {
  return href.split('?', 1)[0] ?? href;
}
