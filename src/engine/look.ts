import { isSameVersion } from '../protocol/version-scheme.js';
import type { ReadAnswer, State } from './port.js';
import type { Run } from './run.js';
import { sitOut } from './run.js';

/** ms. Apache's tags are weak for a second after a write, and most replicas catch up within one: one look this much later tells. */
export const PATIENCE = 1_200;

/** One look at the server, told to listeners. */
export async function look(run: Run, plain = false): Promise<ReadAnswer> {
  const answer = await run.shelf.look(run.port, run.budget.signal, plain);
  if (answer.kind === 'found') told(run, answer.state, false);
  return answer;
}

/** Tells that the latest state is known again. */
export function told(run: Run, state: State, fromConflictBody: boolean): void {
  run.emit({ type: 'refetch', attempt: run.budget.attempts, fromConflictBody, version: state.version });
}

/** Whether an answer may be one that a second, patient look would correct: unmoved, or moved back to a version already left. */
export function worthAnotherLook(run: Run, answer: ReadAnswer, than: State): boolean {
  if (answer.kind !== 'found') return false;
  return isSame(run, answer.state, than) || run.shelf.leftBehind(answer.state.version);
}

/** A patient look: by now a replica has caught up, so a version that was left is there again. Unless more was learnt meanwhile. */
export async function lookAgain(run: Run): Promise<ReadAnswer> {
  const { state: known } = run.shelf;
  await sitOut(run, { ms: PATIENCE, reason: 'backoff' });
  const answer = await look(run, true);
  if (answer.kind === 'found' && run.shelf.state === known) run.shelf.keep(answer.state, false);
  return answer;
}

/** What the client has learnt since it knew `known`, where that is later than what the answer to a write sent then tells. */
export function overtaking(run: Run, known: State | undefined, told: State): State | undefined {
  const { state } = run.shelf;
  return state !== known && run.shelf.leftBehind(told.version) ? state : undefined;
}

export function isSame(run: Run, a: State, b: State): boolean {
  return isSameVersion(run.policy.codec, a.version, b.version);
}

/**
 * A state whose version can be sent. A weak or suffixed tag is asked for again without content coding, then once more
 * when it may have grown strong. Once for each resource: from then on tags go out stripped, and where that meets a
 * server whose tag is still weak, the patient look after the refusal settles it.
 */
export async function settleTag(run: Run, state: State): Promise<State> {
  const dubious = (found: State): boolean => found.version !== undefined && run.policy.codec.dubious(found.version);
  if (run.shelf.tagsAsked || !dubious(state)) return state;
  const plain = await look(run, true);
  if (plain.kind !== 'found') return state;
  run.shelf.tagsAsked = true;
  if (!dubious(plain.state)) return plain.state;
  const later = await lookAgain(run);
  return later.kind === 'found' ? later.state : plain.state;
}
