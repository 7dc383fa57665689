import { accept, keepOwn } from '../accept.js';
import type { Batch } from '../batch.js';
import type { Decision } from '../decision.js';
import { failing } from '../decision.js';
import type { Policy } from '../policy.js';
import type { Accepted, PortWrite, ReadAnswer, State } from '../port.js';
import { isSameValue } from '../queue/edit-input.js';
import { meetGone } from './gone.js';

/** What is there after all; `unknown`: nobody can tell. */
type Left =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'found'; readonly state: State }
  | { readonly kind: 'unknown'; readonly cause: Error };

/** Policies of servers that answer every update with 201, as far as was found out. */
const alwaysCreated = new WeakSet<Policy>();

/**
 * An update that named a version was answered with 201: the server had lost the resource and made it anew, unless it answers every
 * update so. Takes that back, guarded, and tells the truth.
 */
export async function undoRecreation(batch: Batch, answer: Accepted): Promise<Decision> {
  const { policy, resource } = batch;
  let made: State = { value: answer.value ?? batch.value, version: answer.version };
  if (policy.createdMeansRecreated === undefined) {
    const remade = alwaysCreated.has(policy) ? undefined : await probe(batch, made);
    if (remade === undefined) return keepOwn(batch, made, answer.value !== undefined);
    made = remade;
  }
  // It has landed, and may be taken back: until that is known, nothing definite is true of it.
  batch.setInFlight(true);
  const left = await takeBack(batch, made);
  batch.setInFlight(false);
  if (left.kind === 'nothing') return meetGone(batch, undefined);
  if (left.kind === 'unknown') return failing({ kind: 'in-doubt', cause: left.cause });
  // Somebody has gone on with it since: then the edit stands, in a resource that somebody had deleted.
  if (!isSameValue(policy, left.state.value, made.value)) return accept(batch, made, false);
  resource.keep(left.state, true);
  batch.target = left.state;
  const why = `${resource.url} had been deleted, and the server has made it anew from the edit (201). It could not be deleted again: look whether it is to stay, and delete it if not.`;
  return failing({ kind: 'gone', cause: undefined, why });
}

/**
 * Sends the same once more, guarded: a server that answers 201 again answers every update so, and nothing was recreated. Gives what was
 * recreated, as it stands now; undefined where nothing was, or nothing tells: what was there all along must not be deleted.
 */
async function probe(batch: Batch, made: State): Promise<State | undefined> {
  const { key, policy } = batch;
  const found = made.version === undefined ? leftBy(await batch.look()) : { kind: 'found' as const, state: made };
  if (found.kind !== 'found' || !isSameValue(policy, found.state.value, made.value)) return undefined;
  const { state: base } = found;
  batch.setInFlight(true);
  const same: PortWrite = { kind: 'update', base, local: base.value, patch: [], key: `${key}-probe` };
  const answer = await batch.ask(same);
  batch.setInFlight(false);
  if (answer.kind !== 'accepted') return undefined;
  if (answer.status !== 201) return { value: answer.value ?? base.value, version: answer.version };
  alwaysCreated.add(policy);
  return undefined;
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
  const undone = await batch.ask({ kind: 'delete', base, key: `${batch.key}-undo` });
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
