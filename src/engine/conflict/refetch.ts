import type { Batch } from '../batch.js';
import type { Decision, Failure, RefetchReason } from '../decision.js';
import type { ReadAnswer, State } from '../port.js';
import { PATIENCE } from '../resource-state.js';
import { landedAny } from './doubt.js';
import { expiry } from './endings.js';
import { meetExisting } from './exists.js';
import { meetGone } from './gone.js';
import { judgeDelete } from './newer-state.js';
import { isTooLong, nextForm, tooLong } from './read-answer.js';

/** Reads the resource and decides by what is there: the version moved, did not move, or there is nothing. */
export async function refetch(batch: Batch, why: RefetchReason): Promise<Decision> {
  let answer = await batch.look();
  // An unmoved version is no news after an unknown outcome: the write is simply sent again. After a refusal it is.
  const expected = why === 'doubt' || (why === 'missing' && batch.kind !== 'delete');
  const unmoved = answer.kind === 'found' && batch.isSame(answer.state, batch.target);
  if (!batch.patient && !(unmoved && expected) && isWorthAnotherLook(batch, answer)) {
    batch.patient = true;
    batch.sawWeak = answer.kind === 'found' && isWeak(batch, answer.state);
    answer = await lookAgain(batch);
  }
  switch (answer.kind) {
    case 'failed':
      return afterFailedRead(batch, why, answer);
    case 'missing':
      return afterMissing(batch, answer.error);
    case 'found':
      return decide(batch, why, answer.state);
  }
}

function afterFailedRead(
  batch: Batch,
  why: RefetchReason,
  { error, retryable, retryAfter }: Extract<ReadAnswer, { kind: 'failed' }>,
): Decision {
  if (isTooLong(batch, retryAfter)) return tooLong(error, retryAfter);
  if (!retryable) return fail({ kind: 'passed-on', error });
  batch.failedReads += 1;
  if (batch.budget.attempts + batch.failedReads > batch.policy.retry.attempts) return fail(expiry(batch));
  return { next: 'refetch', why, pause: batch.budget.pauseAfter(retryAfter) };
}

function afterMissing(batch: Batch, cause: Error): Decision | Promise<Decision> {
  switch (batch.kind) {
    case 'update':
      return meetGone(batch, cause);
    case 'delete':
      // It is not there, which is what was wanted.
      batch.resource.lose();
      batch.acceptAll({ value: batch.target.value, version: undefined });
      return { next: 'done' };
    case 'create':
      // Refused as existing, or in doubt, and yet not there: it may have been deleted in between.
      return { next: 'send', pause: batch.budget.pauseAfter(undefined) };
  }
}

async function decide(batch: Batch, why: RefetchReason, state: State): Promise<Decision> {
  const { policy, resource, target, doubts } = batch;
  if (batch.kind === 'create') return meetExisting(batch, state);
  const [first] = batch.live;
  const isTargetUnknown = batch.kind === 'delete' && first?.target === undefined;
  if (!isTargetUnknown && batch.isSame(state, target)) return afterUnmoved(batch, why, state);
  if (state.version === undefined) resource.versionless = true;
  if (isTargetUnknown && first !== undefined) {
    first.target = state;
    batch.target = state;
    return { next: 'prepare' };
  }
  if (batch.kind === 'delete') return judgeDelete(batch, why, state);
  batch.target = state;
  const landed = landedAny(doubts, state, policy.merge);
  if (landed === 'yes') {
    batch.accept(state, true);
    return { next: 'done' };
  }
  if (landed === 'unknown') return fail({ kind: 'in-doubt', cause: doubts[0]?.cause });
  if (why === 'version' && state.version === undefined && policy.requireVersion) {
    const missing = `${resource.url} names no version in ${policy.codec.source}, so a write could overwrite somebody's work. Name the resource's version scheme, or set requireVersion: false.`;
    return fail({ kind: 'no-version', cause: undefined, why: missing });
  }
  if (why === 'stale') batch.budget.moved += 1;
  return { next: 'prepare' };
}

/** The version the write named is still there. */
function afterUnmoved(batch: Batch, why: RefetchReason, state: State): Decision {
  const { lastRefusal, target, kind, policy } = batch;
  if (why === 'doubt' && (policy.codec.versioned || kind === 'delete')) {
    if (kind === 'delete') batch.target = state;
    return { next: 'send' };
  }
  if (why === 'missing' && kind === 'update' && lastRefusal !== undefined) return nextForm(batch, lastRefusal);
  const grewStrong = !isWeak(batch, state) && (batch.sawWeak || isWeak(batch, target));
  if (grewStrong && !(batch.resentStrong !== undefined && batch.isSame(batch.resentStrong, state))) {
    // The same version with a tag that may match now: it was weak, or carried a gateway's suffix.
    batch.resentStrong = state;
    batch.target = state;
    return { next: 'prepare' };
  }
  if (lastRefusal === undefined) {
    batch.target = state;
    return { next: 'prepare' };
  }
  return fail({ kind: 'refused', refusal: lastRefusal });
}

function fail(failure: Failure): Decision {
  return { next: 'fail', failure };
}

/** Whether an answer may be one that a second, patient read would correct: unmoved, or moved back to a version already left. */
function isWorthAnotherLook(batch: Batch, answer: ReadAnswer): boolean {
  if (answer.kind !== 'found') return false;
  return batch.isSame(answer.state, batch.target) || batch.resource.leftBehind(answer.state.version);
}

/** A patient read: by now a replica has caught up, so a version that was left is there again. Unless more was learnt meanwhile. */
async function lookAgain(batch: Batch): Promise<ReadAnswer> {
  const { resource } = batch;
  const { state: known } = resource;
  await batch.wait({ ms: PATIENCE, reason: 'backoff' });
  const answer = await batch.look(true);
  if (answer.kind === 'found' && resource.state === known) resource.keep(answer.state, false);
  return answer;
}

/**
 * Finds a version that can be sent. A weak or suffixed tag is asked for again without content coding, then once more
 * when it may have grown strong. Once for each resource: from then on tags go out stripped, and where that meets a
 * server whose tag is still weak, the patient read after the refusal settles it. Undefined: the write goes on.
 */
export async function settleTag(batch: Batch): Promise<Decision | undefined> {
  const { target } = batch;
  const plain = await batch.look(true);
  if (plain.kind !== 'found') return undefined;
  batch.resource.tagsAsked = true;
  let { state } = plain;
  if (isWeak(batch, state)) {
    const later = await lookAgain(batch);
    if (later.kind === 'found') state = later.state;
  }
  // This may have shown a newer state, which must not be deleted for the old one.
  if (batch.kind === 'delete' && !batch.isSame(state, target)) return judgeDelete(batch, 'version', state);
  batch.target = state;
  return undefined;
}

function isWeak({ policy }: Batch, { version }: State): boolean {
  return version !== undefined && policy.codec.dubious(version);
}
