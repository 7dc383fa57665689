import type { EditEvent } from '../../contract/events.js';
import type { DeleteOptions } from '../../contract/resource.js';
import type { EditResult, UndoOptions } from '../../contract/snapshot.js';
import type { ResolvedConflict } from '../../core/conflict.js';
import { deepEqual } from '../../core/deep-equal.js';
import { diff } from '../../core/diff/diff.js';
import type { JsonValue, Patch } from '../../core/json.js';
import { withoutServerOwned } from '../../core/rules/server.js';
import { withoutVersion } from '../../protocol/versions/version-scheme.js';
import type { GivenAnswer } from '../conflict/asking/still-holding.js';
import type { Landing } from '../landing.js';
import type { Policy } from '../policy.js';
import type { ResourcePort, State } from '../port.js';
import type { Made, OwnStep } from '../resource/own-steps.js';
import type { Pending } from '../resource/pending-edits.js';
import type { ResourceState } from '../resource/resource-state.js';

/** What an edit wants: patch leads from base to local. */
export interface Intent {
  readonly base: JsonValue;
  readonly patch: Patch;
  readonly local: JsonValue;
  /** The patch was found by comparing, and not written by anybody. */
  readonly isDerived?: boolean;
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

/** Keeps an edit beyond its end: an outbox. */
export interface Keeper {
  /** When the edit was made: what goes first although it was made later is news to it. Undefined: by another tab. */
  readonly made: Made | undefined;
  /** What shows in its place once it has ended without landing. */
  readonly shows: Pending;
  /** The way back from each edit that it was made on top of and goes without, the latest first: what was given up; `onServer`: also what waits. */
  without(onServer: boolean): readonly Pick<OwnStep, 'from' | 'to'>[];
  /** Makes it again, in the place of its queue. */
  again(input: EditInput): Promise<EditResult>;
}

/** An update, a create or a delete, as it is asked for. */
export interface EditInput extends Intent {
  readonly id: string;
  /** For a create, `base` is an empty resource. For a delete, `base` is what is to be deleted. */
  readonly kind: 'update' | 'create' | 'delete';
  readonly port: ResourcePort;
  readonly policy: Policy;
  /** The version `base` is the state of. Undefined where base already had other edits of this resource on it. */
  readonly baseVersion: string | undefined;
  readonly spentMs?: number; // How much of its time it has used before it was queued.
  readonly isAssumed?: boolean; // What the server made of `base` was not told.
  /** How often others had changed the resource when the edit was made. */
  readonly movesBefore: number;
  /** Makes the edit again from another value: `strategy: 'replay'`. */
  readonly replay: ((value: JsonValue) => Intent) | undefined;
  readonly signal: AbortSignal | undefined;
  /** May be combined with its neighbours: it brings no options of its own. */
  readonly combinable: boolean;
  /** Takes what landed back again: `undo` of the result. Left out: the result has none. */
  readonly undo?: (result: EditResult, landing: Landing, options: UndoOptions | undefined) => Promise<EditResult>;
  readonly isOfDraft?: boolean;
  readonly isUndo?: boolean; // It takes an earlier one back, and nothing that was written since.
  readonly emit: (event: EditEvent) => void;
  readonly before?: Before; // What it goes on with of an edit that was stopped.
  readonly keeper?: Keeper;
  readonly onStale?: DeleteOptions['onStale']; // Of a delete that finds a newer state. Default `error`.
  /** What a delete without a base is to delete, asked for when its turn has come. Undefined, or gives undefined: what the server has then. */
  readonly findTarget?: () => State | undefined;
}

/** A delete as it is asked for. */
export interface DeleteRequest extends Pick<EditInput, 'id' | 'port' | 'policy' | 'signal' | 'emit'> {
  /** Default: what its caller saw when he asked, with his own edits before it; else what the server has. */
  readonly base: State | undefined;
  /** What its caller saw when he asked. Default: what is known now. */
  readonly seen?: Pick<ResourceState, 'state' | 'value' | 'moves'>;
  readonly onStale: NonNullable<DeleteOptions['onStale']>;
}

/** The edit that makes one value of another: its patch is found by comparing. */
export function intentTo(base: JsonValue, local: JsonValue, merge: Policy['merge']): Intent {
  return { base, local, patch: diff(base, local, { merge }), isDerived: true };
}

/** A delete, as the edit that it is. */
export function inputOfDelete(
  resource: ResourceState,
  { base, seen = resource, onStale, ...request }: DeleteRequest,
): EditInput {
  return {
    ...request,
    kind: 'delete',
    base: base?.value ?? null,
    local: null,
    patch: [],
    baseVersion: base?.version,
    movesBefore: seen.moves,
    replay: undefined,
    combinable: false,
    onStale,
    findTarget: base === undefined ? deleteTarget(resource, seen, request.policy) : () => base,
  };
}

/**
 * What a delete without a base is to delete, to be asked for when its turn has come: the state its caller saw when he
 * asked, with all that his client's own edits made of it meanwhile. What others made of it he has not seen.
 */
function deleteTarget(
  resource: ResourceState,
  { state, moves, value }: NonNullable<DeleteRequest['seen']>,
  policy: Policy,
): () => State | undefined {
  return () => {
    const { state: latest } = resource;
    if (state === undefined || value === undefined || (latest !== undefined && resource.moves === moves)) return latest;
    // What is there may be his all the same: a write of ours that was found landed has been met as if it were somebody else's.
    const isHis = latest !== undefined && isSameValue(policy, latest.value, value);
    // Where it is gone by now, somebody else may have made another.
    return isHis ? latest : { value, version: state.version };
  };
}

/** Whether two values are the same but for what the server adds: versions, and what is owned by it. */
export function isSameValue({ codec, merge }: Policy, a: JsonValue, b: JsonValue): boolean {
  const own = (value: JsonValue): JsonValue => withoutServerOwned(withoutVersion(codec, value), merge);
  return deepEqual(own(a), own(b));
}
