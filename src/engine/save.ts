import { act } from './act.js';
import { afterAnswer, doubt } from './after-answer.js';
import { answerTo } from './answer-to.js';
import { DeadlineReached } from './budget.js';
import { confirm } from './confirm.js';
import { addDoubt, Course, live, remoteOf, setInFlight, takeKey } from './course.js';
import type { Moved } from './decide.js';
import type { Edit, Used } from './edit.js';
import { end } from './end.js';
import { expiry } from './endings.js';
import { meetGone } from './gone.js';
import { accept, settle } from './land.js';
import { settleTag } from './look.js';
import type { Step } from './loop.js';
import { loop } from './loop.js';
import type { PortWrite, State } from './port.js';
import { prepare } from './prepare.js';
import { rejectFor } from './reject.js';
import type { Run } from './run.js';
import { isExhausted, sitOut } from './run.js';

const GO_ON: Step<void> = { done: false, pause: undefined };
const DONE: Step<void> = { done: true, result: undefined };

/**
 * Brings a batch of edits of one resource onto the server: write, and while the write is refused as stale, look, rebase
 * and write again. Settles every edit, but those it returns, which are to be sent again, each group by itself.
 *
 * @param start The newest state known; for a create, what an empty resource is.
 */
export async function save(
  run: Run,
  edits: readonly Edit[],
  start: State,
  creating: boolean,
): Promise<readonly (readonly Edit[])[]> {
  const course = new Course(edits, start, creating);
  try {
    await loop(
      () => step(run, course),
      (pause) => sitOut(run, pause),
      run.budget.signal,
    );
  } catch (error) {
    if (error instanceof DeadlineReached) outOfTime(run, course, error);
    else for (const edit of live(course)) rejectFor(run, edit, error, remoteOf(course), course.doubts.length > 0);
  } finally {
    for (const edit of course.apart.flat()) edit.used ??= usedBy(run, course);
    run.budget.close();
    run.tabLock.leave();
  }
  return course.apart.map((group) => group.filter((edit) => !edit.settled));
}

function usedBy({ budget }: Run, { moved, uncounted, lockWaited }: Course): Used {
  const { attempts, failures, remaining: left } = budget;
  return { attempts, failures, left, moved, uncounted, lockWaited };
}

/** Time is up. A write that is still out there is in doubt. */
function outOfTime(run: Run, course: Course, deadline: Error): void {
  if (course.inFlight) {
    doubt(run, deadline, undefined);
    addDoubt(course, deadline);
  }
  const [first] = course.doubts;
  end(run, course, first === undefined ? expiry(run, course) : { kind: 'in-doubt', cause: first.cause });
}

async function step(run: Run, course: Course): Promise<Step<void>> {
  if (live(course).length === 0) return DONE;
  if (course.next === 'look') return confirm(run, course);
  if (course.next === 'prepare' && !(await make(run, course))) return live(course).length === 0 ? DONE : GO_ON;
  return send(run, course);
}

/** Makes the write. False: nothing is to be sent now. */
async function make(run: Run, course: Course): Promise<boolean> {
  if (!course.creating) {
    const { codec, requireVersion } = run.policy;
    const { version } = course.target;
    if (version === undefined && codec.versioned && (requireVersion || !run.shelf.versionless)) {
      course.next = 'look';
      course.why = 'version';
      return false;
    }
    if (version !== undefined && codec.refuses(version)) {
      const why = `${run.url} has the weak version ${version}, and this resource's version scheme refuses weak ones.`;
      end(run, course, { kind: 'no-version', cause: undefined, why });
      return false;
    }
    course.target = await settleTag(run, course.target);
  }
  const boarding = live(course);
  for (const edit of boarding) {
    edit.rebased ||= run.shelf.movedSince(edit);
    edit.doubts = course.doubts;
  }
  const made = await prepare(run, boarding, course.target, course.doubts.length > 0);
  // From here on its company's writes and time are not its own.
  for (const edit of made.held) edit.used = usedBy(run, course);
  course.apart = [...course.apart, ...made.held.map((edit) => [edit])];
  if (made.moved !== undefined) {
    await follow(run, course, made.moved);
    return false;
  }
  // Somebody's abort may have come while a hook was open: what is sent must not hold its edit.
  if (made.parts.some((part) => part.edit.settled)) return false;
  course.parts = made.parts;
  course.patch = made.patch;
  course.value = made.value;
  if (made.parts.length === 0) return false;
  if (made.patch.length === 0 && !course.creating) {
    settle(course, course.target, true);
    return false;
  }
  takeKey(course);
  return true;
}

/** A resolver saw a newer state than the loop did: the edit goes on from there. */
async function follow(run: Run, course: Course, { movedTo }: Moved): Promise<void> {
  if (movedTo instanceof Error) {
    await meetGone(run, course, movedTo);
  } else {
    course.target = movedTo;
  }
}

function writeOf(course: Course): PortWrite {
  const { target: base, value: local, patch, key } = course;
  return course.creating ? { kind: 'create', local, key } : { kind: 'update', base, local, patch, key };
}

async function send(run: Run, course: Course): Promise<Step<void>> {
  if (isExhausted(run, course)) {
    end(run, course, expiry(run, course));
    return DONE;
  }
  const write = writeOf(course);
  run.shelf.setStatus('saving');
  await run.tabLock.take(run.budget.signal);
  if (hasLeaver(course)) {
    course.next = 'prepare';
    return GO_ON;
  }
  run.budget.attempts += 1;
  for (const { edit } of course.parts) edit.attempts += 1;
  run.emit({
    type: 'attempt',
    attempt: run.budget.attempts,
    method: run.port.method(write),
    version: course.creating ? undefined : course.target.version,
  });
  if (hasLeaver(course)) {
    // A listener made its caller leave: this one is not sent.
    run.budget.attempts -= 1;
    for (const { edit } of course.parts) edit.attempts -= 1;
    course.next = 'prepare';
    return GO_ON;
  }
  setInFlight(course, true);
  course.known = run.shelf.state;
  const answer = await answerTo(run, write);
  if (answer.kind === 'unknown') run.budget.signal.throwIfAborted();
  setInFlight(course, false);
  switch (answer.kind) {
    case 'accepted':
      return accept(run, course, answer);
    case 'unsendable':
      if (run.port.nextForm(true)) return act(run, course, { turn: 'resend', pause: undefined, anew: true });
      return act(run, course, { turn: 'fail', failure: { kind: 'passed-on', error: answer.error } });
    case 'unknown':
      return act(run, course, doubt(run, answer.error, undefined));
    case 'answered':
      return act(run, course, await afterAnswer(run, course, write, answer));
  }
}

/** Whether a caller has left while there was something to wait for: what is sent must not hold his edit. In doubt, the very same bytes go out again. */
function hasLeaver({ doubts, parts }: Course): boolean {
  const left = parts.filter(({ edit }) => edit.settled).length;
  return left > 0 && (doubts.length === 0 || left === parts.length);
}
