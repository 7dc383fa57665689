import type { MemoryLimits } from '../options/client-options.js';

/** A state some plain read handed out: the raw text, because the parsed value is the caller's to change. */
export interface Remembered {
  readonly url: string;
  readonly version: string;
  readonly text: string;
  /** Headers of the answer, for an envelope that reads them. */
  readonly headers: Headers;
  /** Where a write of the caller's made it. */
  readonly written?: {
    readonly answer: Response;
    /** What he wrote, where others' changes were merged in: until he reads the answer, he knows nothing else. */
    readonly own: string | undefined;
  };
}

const encoder = new TextEncoder();

interface Kept {
  readonly entry: Remembered;
  readonly size: number;
}

/** What the plain verbs have handed out, so that a later write can be made conditional on it. The oldest are forgotten first. */
export class Memory {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  /** In order of use, the oldest first. */
  readonly #kept = new Map<string, Kept>();
  readonly #values = new WeakMap<object, Remembered>();
  /** Those of each URL, the newest last. */
  readonly #ofUrl = new Map<string, Set<Remembered>>();
  #bytes = 0;

  constructor({ entries = 100, bytes = 10_000_000 }: MemoryLimits) {
    this.#maxEntries = entries;
    this.#maxBytes = bytes;
  }

  /** Remembers an answer, and which value was handed out for it. */
  add(entry: Remembered, handedOut: unknown): void {
    const key = `${entry.url} ${entry.version}`;
    const known = this.#kept.get(key);
    if (known !== undefined && known.entry.text === entry.text && known.entry.written === entry.written) {
      // Read again and found unchanged, as most of what is polled.
      this.#trace(handedOut, known.entry);
      this.#touch(key, known);
      return;
    }
    this.#trace(handedOut, entry);
    this.#drop(key);
    const size = encoder.encode(entry.text).byteLength;
    if (size > this.#maxBytes) return;
    this.#kept.set(key, { entry, size });
    const others = this.#ofUrl.get(entry.url);
    if (others === undefined) this.#ofUrl.set(entry.url, new Set([entry]));
    else others.add(entry);
    this.#bytes += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#maxEntries && this.#bytes <= this.#maxBytes) break;
      this.#drop(oldest);
    }
  }

  /** Everything handed out for a URL, the newest last. */
  of(url: string): readonly Remembered[] {
    return [...(this.#ofUrl.get(url) ?? [])];
  }

  knows(url: string): boolean {
    return this.#ofUrl.has(url);
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
  forget(url: string): void {
    for (const entry of this.of(url)) this.#drop(`${url} ${entry.version}`);
  }

  /** Makes it the newest. */
  #touch(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const others = this.#ofUrl.get(kept.entry.url);
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
    const others = this.#ofUrl.get(entry.url);
    others?.delete(entry);
    if (others?.size === 0) this.#ofUrl.delete(entry.url);
  }
}
