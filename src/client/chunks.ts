import type { JsonValue } from '../core/json.js';
import type { ConflictCode } from '../engine/batch.js';
import type { Clock } from '../engine/clock.js';
import { sleep, within } from '../engine/clock.js';
import { ChunkError } from '../errors/edit-error.js';

/** Code that is fetched when it is first needed. A fetch that failed is forgotten: the next call asks again. */
export interface Chunk<Code> {
  /** Shared by all who wait for it. Rejects with what the platform's `import()` met. */
  load(): Promise<Code>;
  /** Resolves as soon as it is there, whoever has asked for it. */
  readonly arrived: Promise<Code>;
  readonly loaded: Code | undefined;
}

export type WriteCode = typeof import('./write-chunk.js');

/** What a client fetches when it is first needed. */
export interface Chunks {
  /** Whatever a write needs: diff, queue, loop, the forms of writing, plain verbs with a base. */
  readonly write: Chunk<WriteCode>;
  /** Whatever only a conflict, a doubt or a lock needs. */
  readonly conflict: Chunk<ConflictCode>;
  /** Drafts, and what takes an edit back. */
  readonly draft: Chunk<typeof import('./draft/index.js')>;
  /** For clients whose values are live. */
  readonly live: Chunk<typeof import('./live/index.js')>;
  /** For clients with a `logger`. */
  readonly log: Chunk<typeof import('./event-log.js')>;
}

/** @param get The `import()`, written where the bundler sees it. */
export function chunk<Code>(get: () => Promise<Code>): Chunk<Code> {
  let loading: Promise<Code> | undefined;
  let arrive: (code: Code) => void;
  const made: { loaded: Code | undefined } & Chunk<Code> = {
    loaded: undefined,
    arrived: new Promise((resolve) => {
      arrive = resolve;
    }),
    load() {
      if (made.loaded !== undefined) return made.arrived;
      loading ??= get()
        .then((code) => {
          made.loaded = code;
          arrive(code);
          return code;
        })
        .finally(() => {
          loading = undefined;
        });
      return loading;
    },
  };
  return made;
}

/** The same of code that is in one piece with what needs it. */
export function there<Code>(loaded: Code): Chunk<Code> {
  const arrived = Promise.resolve(loaded);
  return { loaded, arrived, load: () => arrived };
}

/** ms. A dropped connection is often back after this. */
const FIRST_WAIT = 200;
const LONGEST_WAIT = 5_000;

/**
 * The chunk, asked for again for as long as an edit may take: a page may be offline for a moment.
 *
 * @param deadline ms
 * @throws What the last try met, or the signal's reason.
 */
export function loadWithin<Code>(
  wanted: Chunk<Code>,
  clock: Clock,
  deadline: number,
  signal: AbortSignal | undefined,
): Promise<Code> {
  let failure: unknown = new Error(`It did not arrive within ${deadline} ms.`);
  const load = async (ends: AbortSignal): Promise<Code> => {
    for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        return await wanted.load();
      } catch (error) {
        failure = error;
      }
      await sleep(clock, wait, ends);
    }
  };
  // Somebody else may have asked for it.
  return within(
    clock,
    deadline,
    signal,
    (ends) => Promise.race([wanted.arrived, load(ends)]),
    () => failure,
  );
}

/** What waits for the write chunk. */
interface Waiting {
  readonly url: string;
  /** ms */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** The edit as far as it is known by then. */
  readonly base?: JsonValue | undefined;
  readonly local?: JsonValue | undefined;
}

/** The write chunk, within the time that an edit has. @throws ChunkError with the edit. */
export async function writeCode(
  { write }: Chunks,
  clock: Clock,
  { url, deadline, signal, base, local }: Waiting,
): Promise<WriteCode> {
  if (write.loaded !== undefined) return write.loaded;
  try {
    return await loadWithin(write, clock, deadline, signal);
  } catch (cause) {
    signal?.throwIfAborted();
    const patch = local === undefined ? [] : [{ op: 'replace' as const, path: '', value: local }];
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ChunkError(
      `The code that writes to ${url} could not be loaded: ${why} Nothing was sent. Try again when the network is back, or reload the page; \`unconflict/eager\` has everything in one piece.`,
      { url, edit: { base, local, remote: base, patch }, cause },
    );
  }
}
