import type { JsonValue, Patch } from '../core/json.js';
import type { Doubt } from './doubt.js';
import type { Edit } from './edit.js';
import type { State } from './port.js';
import type { Part } from './prepare.js';
import type { LookReason, Progress } from './turn.js';
import { newProgress } from './turn.js';

/** Where a batch of edits, written together, stands. */
export interface Course extends Progress {
  readonly edits: readonly Edit[];
  /** The state the next write is made against. */
  target: State;
  next: 'prepare' | 'resend' | 'look';
  why: LookReason;
  /** What was sent last, edit by edit and as one. */
  parts: readonly Part[];
  patch: Patch;
  value: JsonValue;
  /** Writes that may have landed. A state that does not show one proves nothing (a replica may lag): only an accepted write ends a doubt. */
  doubts: readonly Doubt[];
  /** The second, patient look at a version that has not moved was taken. */
  patient: boolean;
  /** The first look after a refusal showed a weak tag. */
  sawWeak: boolean;
  /** The same write was sent again with a tag that had grown strong. */
  resentStrong: boolean;
  /** Sends a create: nothing may be there yet. */
  creating: boolean;
  /** Looks that failed: they count as attempts do. */
  failedLooks: number;
  /** Edits to be sent again by themselves: they need a decision, or their company was refused. */
  apart: readonly Edit[];
  /** For idempotency: the same for identical bytes. */
  key: string;
}

export function newCourse(edits: readonly Edit[], target: State, creating: boolean): Course {
  return {
    ...newProgress(),
    edits,
    target,
    next: 'prepare',
    why: 'version',
    parts: [],
    patch: [],
    value: target.value,
    doubts: [],
    patient: false,
    sawWeak: false,
    resentStrong: false,
    creating,
    failedLooks: 0,
    apart: [],
    key: '',
  };
}

/** The edits that are neither settled nor set apart. */
export function live(course: Course): Edit[] {
  return course.edits.filter((edit) => !edit.settled && !course.apart.includes(edit));
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
