import { acceptAll, keepSeen } from '../accept.js';
import type { Batch } from '../batch.js';
import { LAG } from '../budget.js';
import type { Decision, RefetchReason } from '../decision.js';
import { failing } from '../decision.js';
import type { ReadAnswer, State } from '../port.js';
import { meetsAbsence } from '../prepare.js';
import { PATIENCE } from '../resource/resource-state.js';
import { expiry } from './endings.js';
import { meetExisting } from './exists.js';
import { meetGone } from './gone.js';
import { judgeDelete } from './judge-delete.js';
import { landedAny } from './landed.js';
import { isTooLong, nextForm, speaksOfForm, tooLong } from './read-answer.js';

type Found = Extract<ReadAnswer, { kind: 'found' }>;

/** So often a write is sent again to a server that fails. */
const RESENDS = 3;

/** ms. A server that keeps files has none of them for a moment while it replaces one. */
const BLINK = 100;

/** Reads the resource and decides by what is there: the version moved, did not move, or there is nothing. */
export async function refetch(batch: Batch, why: RefetchReason): Promise<Decision> {
  let answer = await batch.look();
  if (answer.kind === 'missing' && why === 'stale' && answer.isFinal !== true && batch.kind === 'update') {
    await batch.wait({ ms: BLINK, reason: 'backoff' });
    answer = await batch.look();
  }
  // An unmoved version is no news after an unknown outcome: the write is simply sent again. After a refusal it is.
  const expected = why === 'assumed' || why === 'doubt' || (why === 'missing' && batch.kind !== 'delete');
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
      return decide(batch, why, answer);
  }
}

function afterFailedRead(
  batch: Batch,
  why: RefetchReason,
  { error, retryable, retryAfter }: Extract<ReadAnswer, { kind: 'failed' }>,
): Decision {
  if (isTooLong(batch, retryAfter)) return tooLong(error, retryAfter);
  if (!retryable) {
    const unread = `The latest version could not be read: ${error.message.replace(/[.!?]*$/, '.')}`;
    return failing({ kind: 'failed', cause: error, why: unread });
  }
  batch.failedReads += 1;
  if (batch.budget.attempts + batch.failedReads > batch.policy.retry.attempts) return failing(expiry(batch));
  return { next: 'refetch', why, pause: batch.budget.pauseAfter(retryAfter) };
}

function afterMissing(batch: Batch, cause: Error): Decision | Promise<Decision> {
  switch (batch.kind) {
    case 'update':
      return meetGone(batch, cause);
    case 'delete':
      // It is not there, which is what was wanted.
      batch.resource.lose();
      return acceptAll(batch, { value: batch.target.value, version: undefined });
    case 'create':
      return afterAbsent(batch);
  }
}

/** A create was refused as existing, or is in doubt, and yet nothing is there: it may have been deleted in between, but not again and again. */
function afterAbsent(batch: Batch): Decision {
  const { lastRefusal, doubts, budget } = batch;
  if (lastRefusal !== undefined && doubts.length === 0) {
    batch.failures += 1;
    if (batch.failures > RESENDS) return failing({ kind: 'refused', refusal: lastRefusal });
  } else if (batch.failures > RESENDS) {
    return unsaved(batch, 'and nothing is there');
  }
  return { next: batch.sent.length === 0 ? 'prepare' : 'send', pause: budget.pauseAfter(undefined) };
}

async function decide(batch: Batch, why: RefetchReason, found: Found): Promise<Decision> {
  const { state } = found;
  const { policy, resource, target, doubts } = batch;
  const isUnmoved = batch.kind !== 'create' && batch.isSame(state, target);
  if (why === 'doubt' && !isUnmoved && canAskByKey(batch) && landedAny(doubts, state, policy.merge) !== 'yes') {
    batch.askedKey = batch.key;
    return { next: 'send' };
  }
  if (batch.kind === 'create') return meetExisting(batch, state);
  const [first] = batch.live;
  const isTargetUnknown = batch.kind === 'delete' && first?.target === undefined;
  // An edit that starts in doubt is looked for, wherever the version stands by now.
  const isRestored = why === 'doubt' && batch.sent.length === 0 && batch.kind === 'update';
  if (!isTargetUnknown && !isRestored && isUnmoved) return afterUnmoved(batch, why, found);
  batch.obstacle = undefined;
  if (state.version === undefined) resource.versionless = policy.codec;
  if (isTargetUnknown && first !== undefined) {
    first.target = state;
    batch.target = state;
    return { next: 'prepare' };
  }
  if (batch.kind === 'delete') return judgeDelete(batch, why, state);
  // A version that has not moved shows that nothing landed.
  const isBefore = isRestored && policy.codec.versioned && doubts.every(({ on }) => batch.isSame(on, state));
  const landed = isBefore ? 'no' : landedAny(doubts, state, policy.merge);
  if (landed === 'yes' && meetsAbsence(batch, state)) return { next: 'refetch', why: 'doubt', pause: LAG };
  batch.target = state;
  if (landed === 'yes') return keepSeen(batch, state);
  // Whoever makes an edit again that was in doubt wants it made where nothing tells.
  const isAskedFor = isRestored && first?.input.before?.untold !== 'fail';
  if (landed === 'unknown' && !isAskedFor) return failing({ kind: 'in-doubt', cause: doubts[0]?.cause, isSeen: true });
  if (why === 'version' && state.version === undefined && policy.requireVersion) {
    const missing =
      state.flaw ??
      `${resource.url} names no version in ${policy.codec.source}, so a write could overwrite somebody's work. Name the resource's version scheme, or set requireVersion: false.`;
    return failing({ kind: 'no-version', cause: undefined, why: missing, isMalformed: state.flaw !== undefined });
  }
  if (why === 'stale') batch.budget.moved += 1;
  return { next: 'prepare' };
}

/** Under its key, a server that heeds keys says again what became of the very same bytes; another one refuses them for their version. */
function canAskByKey({ policy, kind, sent, key, askedKey }: Batch): boolean {
  return policy.keyed && kind !== 'delete' && sent.length > 0 && askedKey !== key;
}

/** The version the write named is still there. */
function afterUnmoved(batch: Batch, why: RefetchReason, found: Found): Decision {
  const { state } = found;
  const { lastRefusal, target, kind, policy } = batch;
  if (why === 'assumed') {
    batch.target = state;
    return { next: 'prepare' };
  }
  if (why === 'doubt' && (policy.codec.versioned || kind === 'delete')) {
    if (batch.failures > RESENDS) return unsaved(batch, 'and the version has not changed');
    if (kind === 'delete') batch.target = state;
    return { next: batch.sent.length === 0 ? 'prepare' : 'send' };
  }
  if (why === 'missing' && kind === 'update' && lastRefusal !== undefined) {
    const { answer } = lastRefusal;
    const isForm = answer.body === undefined || speaksOfForm(answer);
    return isForm ? nextForm(batch, lastRefusal) : failing({ kind: 'refused', refusal: lastRefusal });
  }
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
  const { answer, retryAfter } = lastRefusal;
  // It was told to pass, and the time it asked for is over.
  if (answer.status === 409 && retryAfter !== undefined) return { next: 'send' };
  // A refused precondition is no rule: what was read lags behind, or the server compares its versions wrongly.
  if (answer.status === 412) {
    const bare = state.version === undefined ? undefined : policy.codec.bare?.(state.version);
    // Where a page may not see the Content-Encoding, nor ask without one, only the server can tell whose ending it is.
    if (bare !== undefined && batch.triedBare === undefined) {
      batch.target = { ...state, version: bare };
      batch.triedBare = batch.target;
      return { next: 'prepare' };
    }
    batch.obstacle = obstacleOf(batch, found);
    return { next: 'refetch', why, pause: batch.budget.pauseAfter(undefined) };
  }
  return failing({ kind: 'refused', refusal: lastRefusal });
}

/** What seems to keep a write from being accepted, where the version that the server refuses is the one it shows. */
function obstacleOf({ resource }: Batch, { state, fromCache }: Found): string {
  const { url, codec } = resource;
  if (fromCache !== undefined)
    return `Reads of ${url} come from a cache (${fromCache}), so the latest version is not seen: let the cache heed \`Cache-Control: no-cache\`.`;
  if (state.version !== undefined && codec.dubious(state.version))
    return `The version that is shown (${state.version}) is weak, and the server compares versions strongly: let it send strong tags, or name another version scheme.`;
  return `The version that the server refuses is the one it shows (${state.version ?? 'none'}): reads may come from a replica that lags behind, or it compares versions wrongly.`;
}

/** The server failed each time, and what it shows is what was there before. That may be what a replica still shows: it is looked at once more. */
function unsaved(batch: Batch, seen: string): Decision {
  if (!batch.sawLate) {
    batch.sawLate = true;
    return { next: 'refetch', why: 'doubt', pause: LAG };
  }
  // What is there may have been made anew behind a deletion of an earlier version.
  batch.isUnsaved = batch.kind !== 'delete' || batch.doubts.every(({ on }) => batch.isSame(on, batch.target));
  const why = `It was asked ${batch.budget.attempts} times, ${seen}.`;
  return failing({ kind: 'failed', cause: batch.doubts.at(-1)?.cause, why });
}

/** Whether an answer may be one that a second, patient read would correct: unmoved, or moved back to a version already left. */
function isWorthAnotherLook(batch: Batch, answer: ReadAnswer): boolean {
  if (answer.kind !== 'found') return false;
  return batch.isSame(answer.state, batch.target) || batch.resource.leftBehind(answer.state.version);
}

/** A patient read: by now a replica has caught up, so a version that was left is there again. Unless more was learnt meanwhile. */
export async function lookAgain(batch: Batch): Promise<ReadAnswer> {
  const { resource } = batch;
  const { state: known } = resource;
  await batch.wait({ ms: PATIENCE, reason: 'backoff' }, false);
  const answer = await batch.look(true);
  if (answer.kind === 'found' && resource.state === known) resource.keep(answer.state, false);
  return answer;
}

export function isWeak({ policy }: Batch, { version }: State): boolean {
  return version !== undefined && policy.codec.dubious(version);
}
