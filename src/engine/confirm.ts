import { act } from './act.js';
import { isTooLong, nextForm, tooLong } from './after-answer.js';
import type { Course } from './course.js';
import { landedAny } from './doubt.js';
import { end } from './end.js';
import { expiry } from './endings.js';
import { meetExistingState } from './existence.js';
import { meetGone } from './gone.js';
import { settle } from './land.js';
import { isSame, look, lookAgain, worthAnotherLook } from './look.js';
import type { Step } from './loop.js';
import type { ReadAnswer, State } from './port.js';
import type { Run } from './run.js';
import { pauseAfter } from './run.js';
import type { Failure } from './turn.js';

const DONE: Step<void> = { done: true, result: undefined };

/** Looks at the server and decides by what is there: the version moved, did not move, or there is nothing. */
export async function confirm(run: Run, course: Course): Promise<Step<void>> {
  let answer = await look(run);
  // An unmoved version is no news after an unknown outcome: the write is simply sent again. After a refusal it is.
  const expected = course.why === 'doubt' || course.why === 'missing';
  const unmoved = answer.kind === 'found' && isSame(run, answer.state, course.target);
  if (!course.patient && !(unmoved && expected) && worthAnotherLook(run, answer, course.target)) {
    course.patient = true;
    course.sawWeak = answer.kind === 'found' && isWeak(run, answer.state);
    answer = await lookAgain(run);
  }
  return decide(run, course, answer);
}

async function decide(run: Run, course: Course, answer: ReadAnswer): Promise<Step<void>> {
  const { why, target } = course;
  if (answer.kind === 'failed') {
    const { retryable, retryAfter, error } = answer;
    if (isTooLong(run, retryAfter)) return act(run, course, tooLong(error, retryAfter));
    if (!retryable) return fail(run, course, { kind: 'passed-on', error });
    course.failedLooks += 1;
    if (run.budget.attempts + course.failedLooks > run.policy.retry.attempts)
      return fail(run, course, expiry(run, course));
    return { done: false, pause: pauseAfter(run, retryAfter) };
  }
  if (answer.kind === 'missing') {
    if (!course.creating) return meetGone(run, course, answer.error);
    // Refused as existing, or in doubt, and yet not there: it may have been deleted in between.
    course.next = 'resend';
    return { done: false, pause: pauseAfter(run, undefined) };
  }
  const { state } = answer;
  if (course.creating) return meetExistingState(run, course, state);
  if (isSame(run, state, target)) return unmovedState(run, course, state);
  course.target = state;
  if (why === 'version' && state.version === undefined) run.shelf.versionless = true;
  if (why === 'version' && state.version === undefined && run.policy.requireVersion) {
    const { codec } = run.policy;
    const missing = `${run.url} names no version in ${codec.source}, so a write could overwrite somebody's work. Name the resource's version scheme, or set requireVersion: false.`;
    return fail(run, course, { kind: 'no-version', cause: undefined, why: missing });
  }
  const verdict = landedAny(course.doubts, state, mergeOf(course));
  if (verdict === 'yes') {
    settle(course, state, true);
    return DONE;
  }
  if (verdict === 'unknown') return fail(run, course, { kind: 'in-doubt', cause: course.doubts[0]?.cause });
  if (why === 'stale') course.moved += 1;
  course.next = 'prepare';
  return { done: false, pause: undefined };
}

/** The version the write named is still there. */
function unmovedState(run: Run, course: Course, state: State): Step<void> | Promise<Step<void>> {
  const { why, lastRefusal, target } = course;
  if (why === 'doubt' && run.policy.codec.versioned) {
    course.next = 'resend';
    return { done: false, pause: undefined };
  }
  if (why === 'missing' && lastRefusal !== undefined) return act(run, course, nextForm(run, course, lastRefusal));
  const grewStrong = !isWeak(run, state) && (course.sawWeak || isWeak(run, target));
  if (grewStrong && !(course.resentStrong !== undefined && isSame(run, course.resentStrong, state))) {
    // The same version with a tag that may match now: it was weak, or carried a gateway's suffix.
    course.resentStrong = state;
    course.target = state;
    course.next = 'prepare';
    return { done: false, pause: undefined };
  }
  if (lastRefusal === undefined) {
    course.next = 'prepare';
    return { done: false, pause: undefined };
  }
  return fail(run, course, { kind: 'refused', refusal: lastRefusal });
}

function fail(run: Run, course: Course, failure: Failure): Step<void> {
  end(run, course, failure);
  return DONE;
}

function isWeak(run: Run, { version }: State): boolean {
  return version !== undefined && run.policy.codec.dubious(version);
}

function mergeOf(course: Course) {
  return course.parts[0]?.edit.input.policy.merge ?? {};
}
