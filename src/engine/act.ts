import type { Course } from './course.js';
import { addDoubt, takeKey } from './course.js';
import { end } from './end.js';
import { overtaking, told } from './look.js';
import type { Step } from './loop.js';
import type { Run } from './run.js';
import type { Turn } from './turn.js';

/** Carries out what an answer leads to, for edits and creates. */
export async function act(run: Run, course: Course, turn: Turn): Promise<Step<void>> {
  switch (turn.turn) {
    case 'look':
      course.next = 'look';
      course.why = turn.why;
      course.patient = false;
      return { done: false, pause: turn.pause };
    case 'resend':
      course.next = 'resend';
      if (turn.anew === true) takeKey(course);
      return { done: false, pause: turn.pause };
    case 'write':
      if (course.doubts.length > 0) {
        // What may have landed is looked for before anything is sent on top of it.
        course.next = 'look';
        course.why = 'stale';
        course.patient = false;
        return { done: false, pause: turn.pause };
      }
      told(run, turn.target, true);
      course.moved += 1;
      course.target = overtaking(run, course.known, turn.target) ?? turn.target;
      run.shelf.keep(course.target, false);
      course.next = 'prepare';
      return { done: false, pause: turn.pause };
    case 'doubt':
      addDoubt(course, turn.cause);
      course.next = 'look';
      course.why = 'doubt';
      course.patient = false;
      return { done: false, pause: turn.pause };
    case 'exists':
      course.next = 'look';
      course.why = 'stale';
      return { done: false, pause: undefined };
    case 'fail':
      end(run, course, turn.failure);
      return { done: true, result: undefined };
  }
}
