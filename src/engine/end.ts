import type { Course } from './course.js';
import { live, remoteOf } from './course.js';
import type { Edit } from './edit.js';
import { errorOf } from './endings.js';
import type { Run } from './run.js';
import type { Failure } from './turn.js';

/**
 * Ends every edit on board with this failure. Edits that were written together and refused for what they say are sent
 * again in two halves instead, and so on: the fault is one's, and the others are to land.
 */
export function end(run: Run, course: Course, failure: Failure): void {
  const aboard = live(course);
  const faultOfOne = failure.kind === 'refused' || failure.kind === 'passed-on';
  // Whose fault it was may have left meanwhile: what counts is how many were sent.
  if (Math.max(aboard.length, course.parts.length) > 1 && faultOfOne && course.doubts.length === 0) {
    course.uncounted += 1;
    course.apart = [...course.apart, ...halvesOf(aboard)];
    return;
  }
  const remote = failure.kind === 'gone' ? undefined : remoteOf(course);
  for (const edit of aboard) {
    const facts = (cause?: unknown) => edit.facts(remote, cause);
    edit.reject(errorOf(run, failure, course.doubts.length > 0, facts, edit.input.local));
  }
}

/** One bad edit among n costs 2 × log2(n) writes this way, where one by one would cost n. */
function halvesOf(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const middle = Math.ceil(edits.length / 2);
  return [edits.slice(0, middle), edits.slice(middle)];
}
