import type { Course } from './course.js';
import { setInFlight } from './course.js';
import { end } from './end.js';
import { meetGone } from './gone.js';
import { isSame, overtaking } from './look.js';
import type { Step } from './loop.js';
import type { Accepted, State } from './port.js';
import type { Part } from './prepare.js';
import type { Run } from './run.js';
import { takeBack } from './take-back.js';

/** The server took the write: what it told of the new state, filled up with what was sent. */
export async function accept(run: Run, course: Course, answer: Accepted): Promise<Step<void>> {
  const { target, creating, value } = course;
  if (answer.status === 201 && !creating && target.version !== undefined && run.policy.createdMeansRecreated) {
    return undoRecreation(run, course, answer);
  }
  const state: State = { value: answer.value ?? value, version: answer.version };
  keepOwn(run, course, state, answer.value !== undefined);
  return { done: true, result: undefined };
}

/** The edits are on the server, in this state of it. */
export function settle(course: Course, state: State, alreadyApplied: boolean): void {
  tell(leave(course), state, alreadyApplied);
}

/** Our own write has made this state. `isTold`: its value is the server's answer, and not what was sent. */
function keepOwn(run: Run, course: Course, state: State, isTold: boolean): void {
  const landed = leave(course);
  for (const edit of course.apart.flat()) edit.doubts = edit.doubts.map((doubt) => ({ ...doubt, isPast: true }));
  const { state: seen } = run.shelf;
  // A read may have met our write before its answer came: what the server showed goes before what was sent.
  const isMet = !isTold && seen !== undefined && seen !== course.known && isSame(run, seen, state);
  // While the answer was on its way, a read may have seen this state and a later one: the answer must not lead back.
  if (overtaking(run, course.known, state) === undefined) run.shelf.keep(isMet ? seen : state, true);
  tell(landed, state, false);
}

/** All of them before anybody is told: nobody may see an edit in the snapshot and once more on top of it. */
function leave(course: Course): readonly Part[] {
  const landed = course.parts.filter(({ edit }) => !edit.settled);
  for (const { edit } of landed) edit.settled = true;
  return landed;
}

function tell(landed: readonly Part[], state: State, alreadyApplied: boolean): void {
  for (const { edit, patch } of landed) edit.accept(state, patch, alreadyApplied);
}

/** An update that named a version was answered with 201: the server had lost the resource and made it anew. Takes that back, guarded, and tells the truth. */
async function undoRecreation(run: Run, course: Course, answer: Accepted): Promise<Step<void>> {
  const { key, value } = course;
  const made: State = { value: answer.value ?? value, version: answer.version };
  // It has landed, and may be taken back: until that is known, nothing definite is true of it.
  setInFlight(course, true);
  const left = await takeBack(run, made, `${key}-undo`);
  setInFlight(course, false);
  if (left.kind === 'nothing') return meetGone(run, course, undefined);
  if (left.kind === 'unknown') end(run, course, { kind: 'in-doubt', cause: left.cause });
  // It could not be taken back: then the edit stands, in a resource that somebody had deleted.
  else if (made.version === undefined || !isSame(run, left.state, made)) settle(course, made, false);
  else keepOwn(run, course, made, answer.value !== undefined);
  return { done: true, result: undefined };
}
