import type { Batch } from '../batch.js';
import type { Decision } from '../decision.js';
import { isSameValue } from '../delete-target.js';
import type { Accepted, ReadAnswer, State } from '../port.js';
import { meetGone } from './gone.js';

/** What is there after all; `unknown`: nobody can tell. */
type Left =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'found'; readonly state: State }
  | { readonly kind: 'unknown'; readonly cause: Error };

/** An update that named a version was answered with 201: the server had lost the resource and made it anew. Takes that back, guarded, and tells the truth. */
export async function undoRecreation(batch: Batch, answer: Accepted): Promise<Decision> {
  const made: State = { value: answer.value ?? batch.value, version: answer.version };
  // It has landed, and may be taken back: until that is known, nothing definite is true of it.
  batch.setInFlight(true);
  const left = await takeBack(batch, made);
  batch.setInFlight(false);
  if (left.kind === 'nothing') return meetGone(batch, undefined);
  if (left.kind === 'unknown') return { next: 'fail', failure: { kind: 'in-doubt', cause: left.cause } };
  // It could not be taken back: then the edit stands, in a resource that somebody had deleted.
  if (made.version === undefined || !batch.isSame(left.state, made)) batch.accept(made, false);
  else batch.keepOwn(made, answer.value !== undefined);
  return { next: 'done' };
}

/** Deletes a state that our write has made, and nothing that others have made of it since. */
async function takeBack(batch: Batch, made: State): Promise<Left> {
  let base = made;
  if (base.version === undefined) {
    const found = leftBy(await batch.look());
    if (
      found.kind !== 'found' ||
      found.state.version === undefined ||
      !isSameValue(batch.policy, found.state.value, made.value)
    )
      return found;
    base = found.state;
  }
  const { budget, port, key } = batch;
  const undone = await budget.until(port.write({ kind: 'delete', base, key: `${key}-undo` }, budget.signal));
  if (undone.kind === 'accepted') return { kind: 'nothing' };
  // Whatever else the server answered, what counts is whether it is still there.
  const left = leftBy(await batch.look());
  const mayStillLand = undone.kind === 'unknown' && left.kind === 'found' && batch.isSame(left.state, base);
  return mayStillLand ? { kind: 'unknown', cause: undone.error } : left;
}

function leftBy(answer: ReadAnswer): Left {
  switch (answer.kind) {
    case 'missing':
      return { kind: 'nothing' };
    case 'failed':
      return { kind: 'unknown', cause: answer.error };
    case 'found':
      return answer;
  }
}
