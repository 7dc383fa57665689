import { asKept } from '../core/form-of.js';
import type { JsonValue } from '../core/json.js';
import type { Batch } from './batch.js';
import type { Decision } from './decision.js';
import { DONE } from './decision.js';
import type { Landing } from './landing.js';
import type { Accepted, State } from './port.js';
import type { Edit } from './queue/edit.js';

/** The server took the write: what it told of the new state, filled up with what was sent. */
export async function readAccepted(batch: Batch, answer: Accepted): Promise<Decision> {
  const { target, kind, value, resource } = batch;
  if (kind === 'delete') {
    resource.lose();
    return accept(batch, { value: target.value, version: undefined }, false);
  }
  const mayBeRecreated = answer.status === 201 && kind === 'update' && target.version !== undefined;
  if (mayBeRecreated && batch.policy.createdMeansRecreated !== false)
    return (await batch.conflictCode()).undoRecreation(batch, answer);
  // What it compared with was the tag without that ending.
  if (batch.triedBare === target) resource.addsEndings = true;
  const isAssumed = answer.isAssumed === true;
  const state = resource.clean({ value: answer.value ?? value, version: answer.version, isAssumed });
  return keepOwn(batch, state, answer.value !== undefined);
}

/** Our own write has made this state. `isTold`: its value is the server's answer, and not what was sent. */
export function keepOwn(batch: Batch, state: State, isTold: boolean): Decision {
  const { resource, known } = batch;
  const seen = resource.state;
  // A read may have met our write before its answer came: what the server showed goes before what was sent.
  const came = !isTold && seen !== undefined && seen !== known && batch.isSame(seen, state) ? seen : state;
  rememberOwn(batch, batch.target.value, came.value);
  resource.own.isTold = isTold;
  // Nobody may see an edit in the snapshot and once more on top of it.
  resource.hideQuietly(batch.sent);
  // While the answer was on its way, a read may have seen this state and a later one: the answer must not lead back.
  if (overtaking(batch, state) === undefined && !isPassed(batch, state)) resource.keep(came, true);
  else resource.own.mark(resource.state?.version);
  return accept(batch, state, false);
}

/** A look shows that it has landed, and perhaps what others have written since. */
export function keepSeen(batch: Batch, state: State): Decision {
  const { own } = batch.resource;
  const { value: on } = batch.doubts.at(-1)?.on ?? state;
  rememberOwn(batch, on, asKept(batch.value, state.value, on));
  own.isTold = true;
  own.mark(state.version);
  return accept(batch, state, true);
}

/** What was sent, or need not be, is on the server in this state of it. */
export function accept(batch: Batch, state: State, alreadyApplied: boolean): Decision {
  if (batch.sent.length === 0) batch.sent = batch.live;
  batch.resource.hideQuietly(batch.sent);
  for (const edit of batch.sent)
    if (!edit.settled) edit.accept(state, batch.patch, alreadyApplied, landingOf(batch, edit, alreadyApplied));
  return DONE;
}

/** All that is left of a delete has ended well, nothing of it written now. */
export function acceptAll(batch: Batch, state: State): Decision {
  batch.sent = batch.live;
  return accept(batch, state, batch.budget.attempts === 0);
}

/** What the client has learnt since the last write was sent, where that is later than what the answer to it tells. */
export function overtaking({ resource, known }: Batch, told: State): State | undefined {
  const { state } = resource;
  return state !== known && resource.leftBehind(told.version) ? state : undefined;
}

/** Whether a read has met, before the answer came, what others have made of it since: nothing comes between the state that a write names and the one it makes. */
function isPassed({ resource, known, target }: Batch, made: State): boolean {
  const { state } = resource;
  if (state === undefined || state === known || target.version === undefined || made.version === undefined)
    return false;
  return !resource.isSameState(state, target) && !resource.isSameState(state, made);
}

/** What was sent has landed: whoever saves from an older state of this client's is not to be asked about it. */
function rememberOwn({ kind, value, sent, policy, resource }: Batch, on: JsonValue, came: JsonValue): void {
  const { own } = resource;
  if (kind === 'update') own.add(on, value, policy.origin, Math.min(...sent.map(({ made }) => made.order)));
  own.add(value, came, policy.origin);
}

/** How an edit came onto the server. Undefined: nothing of it was written, or there was nothing to go back to. */
function landingOf(batch: Batch, { input, intent }: Edit, alreadyApplied: boolean): Landing | undefined {
  const { kind, doubts, patch, value: sent } = batch;
  if (kind !== 'update' || input.kind !== 'update' || patch.length === 0) return undefined;
  // What a look found landed was written on what stood there before that look.
  const { value: target } = (alreadyApplied ? doubts.at(-1)?.on : undefined) ?? batch.target;
  if (batch.sent.length === 1) return { on: target, patch, value: sent, target, sent };
  const { base: on, patch: own, local: value } = intent;
  return { on, patch: own, value, target, sent };
}
