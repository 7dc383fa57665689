import type { JsonValue, Patch } from '../core/json.js';
import type { ServerAnswer } from '../protocol/answer.js';

/** A resource's value and version, without its address. */
export interface State {
  readonly value: JsonValue;
  readonly version: string | undefined;
  /** What our own write came to was not told: the value is what was sent, until the next read. */
  readonly isAssumed?: boolean;
  /** Why there is none, although something is there. */
  readonly flaw?: string | undefined;
}

export type ReadAnswer =
  | {
      readonly kind: 'found';
      readonly state: State;
      /** Words on the cache that it came from, if it did. */
      readonly fromCache?: string | undefined;
    }
  /** `isFinal`: gone for good (410), and not only not found. */
  | { readonly kind: 'missing'; readonly error: Error; readonly isFinal?: boolean }
  | {
      readonly kind: 'failed';
      readonly error: Error;
      /** Worth asking again: network, timeout, 5xx, 429. */
      readonly retryable: boolean;
      /** ms */
      readonly retryAfter: number | undefined;
      readonly status?: number | undefined;
    };

/** One write to be sent. `key` is the same for identical bytes. */
export type PortWrite =
  | {
      readonly kind: 'update';
      readonly base: State;
      readonly local: JsonValue;
      readonly patch: Patch;
      readonly key: string;
    }
  | { readonly kind: 'create'; readonly local: JsonValue; readonly key: string }
  | { readonly kind: 'delete'; readonly base: State; readonly key: string };

/** 2xx: it landed. What the answer told about the new state, which may be nothing. */
export interface Accepted {
  readonly kind: 'accepted';
  readonly status: number;
  readonly version: string | undefined;
  readonly value: JsonValue | undefined;
  /** The server may keep another form of what was sent, and did not tell which: `value`, or what was sent, is a guess. */
  readonly isAssumed?: boolean;
}

export type WriteAnswer =
  | Accepted
  /** The server answered something else. */
  | {
      readonly kind: 'answered';
      readonly answer: ServerAnswer;
      readonly error: Error;
      /** ms */
      readonly retryAfter: number | undefined;
      /** The latest state, where this API's refusals are known to carry it. */
      readonly latest: State | undefined;
    }
  /** No answer, or one that cannot be trusted: it may have landed. */
  | {
      readonly kind: 'unknown';
      readonly error: Error;
      /** Of a 2xx that is no answer to a write: a page, a 202. */
      readonly status?: number | undefined;
    }
  /** Nothing was sent: the edit cannot be told in the API's form. */
  | { readonly kind: 'unsendable'; readonly error: Error };

/** Who waits for a request, and for how long. */
export interface Waiting {
  readonly signal: AbortSignal;
  /** Ids of the edits that it is sent for. Left out: it is a read by itself. */
  readonly edits?: readonly string[];
  /** Hears of a 2xx that names a version as soon as its head is there: that much landed, whatever becomes of its body. */
  readonly onHead?: ((head: Accepted) => void) | undefined;
}

/** The half of it that a read needs. */
export interface ReadPort {
  /** Sent without caches. `plain` asks for it without content coding, so that a gateway does not weaken the tag. */
  read(waiting: Waiting & { readonly plain: boolean }): Promise<ReadAnswer>;
}

/** What the engine needs of the outside world. Neither method throws for what a server or a network does. */
export interface ResourcePort extends ReadPort {
  write(write: PortWrite, waiting: Waiting): Promise<WriteAnswer>;
  /** The method such a write will use, for events. */
  method(write: PortWrite): string;
  /**
   * Takes the next form of writing, after the server refused this one. False: there is none left. `surely`: the answer
   * can mean nothing else; otherwise a form that has worked before is not doubted.
   */
  nextForm(surely: boolean): boolean;
}
