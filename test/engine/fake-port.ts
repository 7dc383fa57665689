import type { JsonValue } from '../../src/core/json.js';
import type { Accepted, PortWrite, ReadAnswer, ResourcePort, WriteAnswer } from '../../src/engine/port.js';

type Reading = ReadAnswer | ((signal: AbortSignal) => Promise<ReadAnswer> | ReadAnswer);
type Writing =
  | WriteAnswer
  | ((write: PortWrite, signal: AbortSignal, onHead?: (head: Accepted) => void) => Promise<WriteAnswer> | WriteAnswer);

/** A port that answers from a script and writes down what it was asked. */
export interface FakePort extends ResourcePort {
  readonly reads: { readonly plain: boolean; readonly signal: AbortSignal }[];
  readonly writes: PortWrite[];
  /** Reads and writes left in the script. */
  readonly unread: number;
  readonly unwritten: number;
  /** How many further forms of writing there are. */
  forms: number;
}

/** The last reading of the script is given again and again; a write beyond the script is an error. */
export function fakePort(script: {
  readonly reads?: readonly Reading[];
  readonly writes?: readonly Writing[];
}): FakePort {
  const reads: Reading[] = [...(script.reads ?? [])];
  const writes: Writing[] = [...(script.writes ?? [])];
  const port: FakePort = {
    reads: [],
    writes: [],
    forms: 0,
    get unread() {
      return reads.length;
    },
    get unwritten() {
      return writes.length;
    },
    method: ({ kind }) => (kind === 'delete' ? 'DELETE' : kind === 'create' ? 'PUT' : 'PATCH'),
    nextForm: () => {
      if (port.forms === 0) return false;
      port.forms -= 1;
      return true;
    },
    read: async ({ signal, plain }) => {
      port.reads.push({ signal, plain });
      const [next] = reads;
      if (next === undefined) throw new Error('the script has no reading');
      if (reads.length > 1) reads.shift();
      return typeof next === 'function' ? next(signal) : next;
    },
    write: async (write, { signal, onHead }) => {
      port.writes.push(write);
      const next = writes.shift();
      if (next === undefined) throw new Error('the script has no such write');
      return typeof next === 'function' ? next(write, signal, onHead) : next;
    },
  };
  return port;
}

export const found = (version: string | undefined, value: JsonValue): ReadAnswer => ({
  kind: 'found',
  state: { value, version },
});

export const missing: ReadAnswer = { kind: 'missing', error: new Error('404') };

export const failed = (retryable: boolean, retryAfter?: number): ReadAnswer => ({
  kind: 'failed',
  error: new Error('the read failed'),
  retryable,
  retryAfter,
});

export const accepted = (version: string | undefined, value?: JsonValue, status = 200): WriteAnswer => ({
  kind: 'accepted',
  status,
  version,
  value,
});

export const unknown = (error: Error = new Error('socket closed')): WriteAnswer => ({ kind: 'unknown', error });

interface Told {
  readonly retryAfter?: number;
  readonly body?: unknown;
  readonly latest?: { readonly value: JsonValue; readonly version: string | undefined };
}

/** A refusal with this status. What was sent is taken from the write. */
export const answered =
  (status: number, { retryAfter, body, latest }: Told = {}): ((write: PortWrite) => WriteAnswer) =>
  (write) => {
    const version = write.kind === 'create' ? undefined : write.base.version;
    const sent = { method: 'PATCH', url: 'https://example.com/a', version, create: write.kind === 'create' };
    return {
      kind: 'answered',
      answer: { status, headers: new Headers(), body, sent },
      error: new Error(`status ${status}`),
      retryAfter,
      latest,
    };
  };

/** Never answers; ends only with its signal, or not even so. */
export const never = (_write: PortWrite, signal: AbortSignal): Promise<WriteAnswer> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(unknown(new Error('aborted'))), { once: true });
  });
export const deaf = (): Promise<WriteAnswer> => new Promise(() => {});

/** A 2xx whose head comes, and nothing more. */
export const headOnly =
  (status: number): Exclude<Writing, WriteAnswer> =>
  (_write, _signal, onHead) => {
    onHead?.({ kind: 'accepted', status, version: '"2"', value: undefined });
    return new Promise<WriteAnswer>(() => {});
  };
