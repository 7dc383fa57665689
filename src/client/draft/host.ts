import type { SaveOptions } from '../../contract/draft.js';
import type { ConflictResolver } from '../../contract/resolver.js';
import type { Resource } from '../../contract/resource.js';
import type { EditResult, Snapshot } from '../../contract/snapshot.js';
import type { MergeConflict } from '../../core/conflict.js';
import type { JsonValue, Patch } from '../../core/json.js';
import { undoable } from '../../engine/landing.js';
import type { Left } from '../../engine/queue/queue.js';
import type { OwnStep } from '../../engine/resource/own-steps.js';
import type { Rules } from './typed/typed.js';

/** The same list every time, so that who compares sees no change. */
export const NO_CONFLICTS: readonly MergeConflict[] = Object.freeze([]);

/** Nobody is there to ask. */
export const nobody: ConflictResolver = () => undefined;

/** A change, ready to be sent. */
export interface Sending {
  readonly base: Snapshot<JsonValue>;
  readonly patch: Patch;
  /** What comes of it. */
  readonly local: JsonValue;
}

/** What a draft has not saved yet. `isSent`: it is on its way, and may have arrived. */
export interface Owed extends Pick<Sending, 'patch'> {
  readonly base: Pick<Sending['base'], 'value' | 'version'>;
  readonly isSent: boolean;
}

/** What a draft stands on: the handle it was made of, and what that alone knows. */
export interface DraftHost {
  readonly resource: Resource;
  readonly merge: Rules;
  /** What our own writes made of the resource, and what the server made of them. */
  readonly own: { readonly count: number; formsSince(count: number): readonly Pick<OwnStep, 'from' | 'to'>[] };
  readonly resolve: ConflictResolver | undefined;
  /** In ms. Undefined: nothing is saved by itself. */
  readonly autosave: { readonly after: number; readonly atMost: number } | undefined;
  /** Something that a listener may want to know has changed. */
  tell(): void;
  /** There is something that close() of the client must save first. */
  owe(isOwing: boolean): void;
  /** A call with these options is let through although the client is being closed. */
  allow(options: object): void;
  /** Has an outbox keep this in the place of what it was given before; `left`: and send it from here on. False: there is none. */
  shelve(owed: readonly Owed[], left?: Left): boolean;
  /** One conditional write that outlives the page. Resolves, whatever became of it. */
  sendLast(sending: Sending): Promise<void>;
}

export type AnySaveOptions = SaveOptions<JsonValue>;

const NONE = { url: '', value: null, version: undefined };

/** The result of a save that had nothing to send. */
export function nothingSent({ url, value, version }: Snapshot = NONE): EditResult {
  const facts = { attempts: 0, rebased: false, alreadyApplied: true, patch: [], resolved: [] };
  return undoable({ url, value, version, ...facts }, undefined, undefined);
}

/** What is told elsewhere. */
export const nothing = (): void => {};
