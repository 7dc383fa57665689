/** What the server made of a request. */
export type Outcome =
  | 'read'
  /** Answered by the cache in front of the server. */
  | 'cached'
  | 'not-modified'
  | 'created'
  | 'updated'
  | 'deleted'
  /** A write known by its Idempotency-Key: answered again, not done again. */
  | 'repeated'
  /** The version the write was made from is gone. */
  | 'stale'
  /** If-None-Match: * met an existing document. */
  | 'exists'
  | 'locked'
  /** A rule given to `server.refuse()` said no, or a JSON Patch `test` failed. */
  | 'refused'
  | 'precondition-required'
  | 'missing'
  /** A method or media type the server does not take. */
  | 'unsupported'
  /** Malformed, too large, or a patch that does not apply. */
  | 'invalid'
  /** A fault answered in the server's place, and nothing was committed. */
  | 'not-handled'
  /** The request never arrived. */
  | 'lost'
  /** A rule of the test itself threw. */
  | 'crashed';

/** One request the server saw, and what became of it. */
export interface RequestRecord {
  /** Its place in `server.requests`, from 0. */
  readonly index: number;
  readonly method: string;
  readonly path: string;
  /** The query with its `?`, or `''`. */
  readonly search: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text; undefined where there was none. */
  readonly body: string | undefined;
  /** When it arrived, in ms since the epoch. */
  readonly at: number;
  /** The status of the answer; undefined while it is being handled and for a request that never arrived. */
  readonly status: number | undefined;
  readonly outcome: Outcome | undefined;
  /** The version this request committed; undefined if it changed nothing. */
  readonly version: string | undefined;
  /** False for an answer that was lost or cut off on its way back. */
  readonly delivered: boolean;
  /** Kinds of the faults that hit it. */
  readonly faults: readonly string[];
  /** For the second run of a duplicated request: the index of the first. */
  readonly duplicateOf: number | undefined;
}

/** A record still being written. */
export type OpenRecord = { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] };

/** What is known of a request when it arrives. */
type Arrival = Pick<RequestRecord, 'method' | 'path' | 'search' | 'headers' | 'body' | 'at'>;

export interface Recorder {
  readonly requests: readonly RequestRecord[];
  open(arrival: Arrival, duplicateOf?: number): OpenRecord;
  clear(): void;
}

export function createRecorder(): Recorder {
  const requests: OpenRecord[] = [];
  return {
    requests,
    open: (arrival, duplicateOf) => {
      const record: OpenRecord = {
        ...arrival,
        index: requests.length,
        status: undefined,
        outcome: undefined,
        version: undefined,
        delivered: true,
        faults: [],
        duplicateOf,
      };
      requests.push(record);
      return record;
    },
    clear: () => {
      requests.length = 0;
    },
  };
}
