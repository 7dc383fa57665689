import type { JsonValue, Patch } from '../core/json.js';
import type { Doubt } from './doubt.js';
import type { Edit } from './edit.js';
import type { State } from './port.js';
import type { Part } from './prepare.js';
import type { LookReason } from './turn.js';
import { Progress } from './turn.js';

/** Where a batch of edits, written together, stands. */
export class Course extends Progress {
  readonly edits: readonly Edit[];
  /** The state the next write is made against. */
  target: State;
  next: 'prepare' | 'resend' | 'look' = 'prepare';
  why: LookReason = 'version';
  /** What was sent last, edit by edit and as one. */
  parts: readonly Part[] = [];
  patch: Patch = [];
  value: JsonValue;
  /** Writes that may have landed. A state that does not show one proves nothing (a replica may lag): only an accepted write ends a doubt. */
  doubts: readonly Doubt[];
  /** The second, patient look at a version that has not moved was taken. */
  patient = false;
  /** The first look after a refusal showed a weak tag. */
  sawWeak = false;
  /** The version last written to again because its tag had grown strong: once for each. */
  resentStrong: State | undefined;
  /** Sends a create: nothing may be there yet. */
  creating: boolean;
  /** Edits to be sent again, each group by itself: they need a decision, or their company was refused. */
  apart: readonly (readonly Edit[])[] = [];
  /** What the client knew of the resource when the last write was sent. */
  known: State | undefined;
  /** For idempotency: the same for identical bytes. */
  key = '';

  constructor(edits: readonly Edit[], target: State, creating: boolean) {
    super();
    this.edits = edits;
    const used = edits[0]?.used;
    if (used !== undefined) {
      this.moved = used.moved;
      this.uncounted = used.uncounted;
      this.lockWaited = used.lockWaited;
    }
    this.doubts = [...new Set(edits.flatMap((edit) => edit.doubts))];
    this.target = target;
    this.value = target.value;
    this.creating = creating;
  }
}

/** The edits that are neither settled nor set apart. */
export function live(course: Course): Edit[] {
  return course.edits.filter((edit) => !edit.settled && !course.apart.some((group) => group.includes(edit)));
}

/** Other bytes are about to be sent: they get a key that no other bytes had, not even those of an earlier try. */
export function takeKey(course: Course): void {
  const [first] = course.parts;
  if (first === undefined) return;
  const { keys } = first.edit;
  keys.taken += 1;
  course.key = `${first.edit.input.id}-${keys.taken}`;
}

/** The write just sent may have landed. The same bytes on the same version are one doubt, however often they are sent. */
export function addDoubt(course: Course, cause: Error): void {
  const { target: on, patch, value, doubts } = course;
  if (doubts.some((doubt) => doubt.patch === patch)) return;
  course.doubts = [...doubts, { on, patch, value, cause }];
}

/** A write that holds these edits is on its way, or what became of it is not known yet. */
export function setInFlight(course: Course, inFlight: boolean): void {
  course.inFlight = inFlight;
  for (const { edit } of course.parts) edit.inFlight = inFlight;
}

/** The latest seen on the server, for errors; undefined where nothing is there yet. */
export function remoteOf({ creating, target }: Course): JsonValue | undefined {
  return creating ? undefined : target.value;
}
