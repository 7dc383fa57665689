import { isSame, look } from './look.js';
import type { ReadAnswer, State } from './port.js';
import type { Run } from './run.js';
import { isSameValue } from './same-value.js';

/** What is there after all; `unknown`: nobody can tell. */
type Left =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'found'; readonly state: State }
  | { readonly kind: 'unknown'; readonly cause: Error };

/** Deletes a state that our write has made, and nothing that others have made of it since. */
export async function takeBack(run: Run, made: State, key: string): Promise<Left> {
  let base = made;
  if (base.version === undefined) {
    const found = leftBy(await look(run));
    if (
      found.kind !== 'found' ||
      found.state.version === undefined ||
      !isSameValue(run.policy, found.state.value, made.value)
    )
      return found;
    base = found.state;
  }
  const undone = await run.budget.until(run.port.write({ kind: 'delete', base, key }, run.budget.signal));
  if (undone.kind === 'accepted') return { kind: 'nothing' };
  // Whatever else the server answered, what counts is whether it is still there.
  const left = leftBy(await look(run));
  const mayStillLand = undone.kind === 'unknown' && left.kind === 'found' && isSame(run, left.state, base);
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
