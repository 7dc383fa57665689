import type { MergeConflict, Resolution, ResolvedConflict } from '../../core/conflict.js';
import type { Patch } from '../../core/json.js';
import type { State } from '../port.js';
import type { Made } from './own-steps.js';

/** An answer a resolver gave, kept for as long as remote does not change at its place. */
export interface GivenAnswer {
  readonly conflict: MergeConflict;
  readonly resolution: Resolution;
}

/** A write whose outcome is unknown: what was sent, against what, and why nobody knows. */
export interface Doubt {
  readonly on: State;
  readonly patch: Patch;
  readonly cause: Error;
  /** The server answered that it failed: what has not landed by then never will. */
  readonly isAnswered?: boolean;
  /** Of the answer that did not say that it was made. */
  readonly status?: number | undefined;
}

/** What an edit has come to that is made again. */
export interface Before {
  /** Idempotency keys taken so far: none may come twice. */
  readonly keys: { taken: number };
  /** Writes that may have landed. */
  readonly doubts: readonly Doubt[];
  readonly answers: readonly GivenAnswer[];
  readonly settledByValue: readonly ResolvedConflict[];
  /** Undefined: it is another edit by now. */
  readonly made?: Made | undefined;
  /** What becomes of it where nothing tells whether one of those writes landed. Default `make`: whoever asks for it again wants it made. */
  readonly untold?: 'make' | 'fail';
}
