import pRetry from 'p-retry';
import { ChunkError } from '../errors/edit-error.js';
import { InDoubtError } from '../errors/outcome-errors.js';
import { readAccepted } from './accept.js';
import type { Batch, ConflictCode } from './batch.js';
import { DeadlineReached } from './budget.js';
import { within } from './clock.js';
import type { Decision } from './decision.js';
import { DONE, failing, NotLoaded } from './decision.js';
import type { Accepted, PortWrite, WriteAnswer } from './port.js';
import { prepare } from './prepare.js';

/** ms. So long after the deadline is waited for the code that tells what happened. */
const GRACE = 1_000;

/** How a pause is told to p-retry, which knows only errors. */
class Again extends Error {}

/**
 * Brings a batch of edits of one resource onto the server. Updates, creates and deletes take the same way:
 *
 * ```text
 *            ┌──────────── moved ────────────┐
 *            ▼                               │
 *   start ─► prepare ──► send ──────────► accepted: done
 *            ▲  │         ▲  │
 *            │  │ version │  │ refused, in doubt
 *            │  │ unknown │  ▼
 *            │  │     locked, busy ◄─── read-answer ──► fail: each edit rejects
 *            │  ▼                            │            ▲
 *            └─ refetch ◄── stale, missing, doubt         │
 *                 │                                       │
 *                 ├─ our change is there: done            │
 *                 └─ gone, exists, not moved ─────────────┘
 * ```
 *
 * What a refusal needs (read-answer, refetch, fail) is in `conflict/`. Every step comes to a {@link Decision}; it may pause before the next.
 * All edits are settled in the end, but those in `batch.apart` and `batch.late`, which are to be queued again.
 */
export async function save(batch: Batch): Promise<void> {
  // What may have landed is looked for before anything is sent on top of it.
  let decision: Decision = batch.doubts.length > 0 ? { next: 'refetch', why: 'doubt' } : { next: 'prepare' };
  const { signal } = batch.budget;
  batch.open();
  try {
    signal.throwIfAborted();
    // Most edits need no second round, and nothing need be set up for one.
    decision = await untilPause(batch, decision);
    let pause = decision.pause;
    if (pause === undefined) return;
    await pRetry(
      async () => {
        if (pause === undefined) decision = await untilPause(batch, decision);
        pause ??= decision.pause;
        if (pause !== undefined) throw new Again();
      },
      {
        retries: Number.POSITIVE_INFINITY,
        minTimeout: 0,
        signal,
        // Waits here, because p-retry's own delays know nothing of Retry-After.
        async shouldRetry({ error }) {
          if (!(error instanceof Again)) return false;
          if (pause !== undefined) await batch.wait(pause);
          pause = undefined;
          return true;
        },
      },
    );
  } catch (error) {
    await end(batch, decision, error);
  } finally {
    batch.close();
  }
}

/** Takes steps until one is followed by a pause, or all is done. */
async function untilPause(batch: Batch, from: Decision): Promise<Decision> {
  let decision = from;
  do {
    if (batch.live.length === 0) return DONE;
    try {
      decision = await step(batch, decision);
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      batch.failedReads += 1;
      if (batch.failedReads > batch.policy.retry.attempts) throw error;
      // Nothing was done: the same step again.
      decision = { ...decision, pause: batch.budget.pauseAfter(undefined) } as Decision;
    }
  } while (decision.next !== 'done' && decision.pause === undefined);
  return decision;
}

async function step(batch: Batch, decision: Decision): Promise<Decision> {
  switch (decision.next) {
    case 'prepare':
      return prepare(batch);
    case 'send':
      return send(batch);
    case 'read-answer':
      return (await batch.conflictCode()).readAnswer(batch, decision.write, decision.answer);
    case 'refetch':
      return (await batch.conflictCode()).refetch(batch, decision.why);
    case 'fail':
      (await batch.conflictCode()).fail(batch, decision.failure);
      return DONE;
    case 'done':
      return decision;
  }
}

async function send(batch: Batch): Promise<Decision> {
  const { budget, resource, port, tabLock } = batch;
  if (budget.exhausted) return failing((await batch.conflictCode()).expiry(batch));
  resource.setStatus('saving');
  await tabLock.take(budget.signal);
  if (hasLeaver(batch)) return { next: 'prepare' };
  const write = writeOf(batch);
  budget.attempts += 1;
  for (const edit of batch.sent) edit.attempts += 1;
  const version = write.kind === 'create' ? undefined : write.base.version;
  batch.emit({ type: 'attempt', attempt: budget.attempts, method: port.method(write), version });
  if (hasLeaver(batch)) {
    // A listener made its caller leave: this one is not sent.
    budget.attempts -= 1;
    for (const edit of batch.sent) edit.attempts -= 1;
    return { next: 'prepare' };
  }
  batch.setInFlight(true);
  batch.known = resource.state;
  const answer = await answerTo(batch, write);
  if (answer.kind === 'unknown') budget.signal.throwIfAborted();
  if (answer.kind !== 'accepted') return { next: 'read-answer', write, answer };
  batch.setInFlight(false);
  return readAccepted(batch, answer);
}

function writeOf({ kind, target: base, value: local, patch, key }: Batch): PortWrite {
  if (kind === 'create') return { kind, local, key };
  return kind === 'delete' ? { kind, base, key } : { kind, base, local, patch, key };
}

/** Whether a caller has left while there was something to wait for: what is sent must not hold that edit. In doubt, the very same bytes go out again. */
function hasLeaver({ doubts, sent }: Batch): boolean {
  const left = sent.filter((edit) => edit.settled).length;
  return left > 0 && (doubts.length === 0 || left === sent.length);
}

/** What the server answered; where only the head of its answer came in time, what that tells. */
async function answerTo(batch: Batch, write: PortWrite): Promise<WriteAnswer> {
  let head: Accepted | undefined;
  try {
    return await batch.ask(write, (seen) => {
      head = seen;
    });
  } catch (error) {
    // A 201 may have to be taken back, for which there is no time.
    const tells = head?.status !== 201 || write.kind === 'create' || batch.policy.createdMeansRecreated === false;
    if (error instanceof DeadlineReached && head !== undefined && tells) return head;
    throw error;
  }
}

/** The loop was ended: by its callers, by the deadline, by somebody else's code, or because the code that it needs did not load. */
async function end(batch: Batch, decision: Decision, error: unknown): Promise<void> {
  if (batch.live.length === 0) return;
  const conflict = await codeInTime(batch);
  if (conflict === undefined) {
    endUnread(batch, decision, error);
  } else if (error instanceof DeadlineReached) {
    conflict.outOfTime(batch, error);
  } else {
    conflict.rejectAll(batch, error);
  }
}

function codeInTime(batch: Batch): Promise<ConflictCode | undefined> {
  const code = within<ConflictCode | undefined>(
    batch.clock,
    GRACE,
    undefined,
    () => batch.conflictCode(),
    () => undefined,
  );
  return code.catch(() => undefined);
}

/** A 4xx says that this write was not made, whatever its reason; but for a 408, of which servers say many things. */
function isRefusal(decision: Decision): boolean {
  if (decision.next !== 'read-answer' || decision.answer.kind !== 'answered') return false;
  const { status } = decision.answer.answer;
  return status >= 400 && status < 500 && status !== 408;
}

/** Without the code that reads answers nothing can be said but what is missing. A write that may have landed is in doubt. */
function endUnread(batch: Batch, decision: Decision, cause: unknown): void {
  const { url } = batch.resource;
  const isOut = batch.doubts.length > 0 || (batch.inFlight && !isRefusal(decision));
  for (const edit of batch.live) {
    const error = new ChunkError(
      `A part of unconflict that is needed to save ${url} could not be loaded. The edit is in error.edit; load the page again if the application was updated.`,
      edit.facts(batch.target.value, cause),
    );
    const what = `A write to ${url} was sent, and the part of unconflict that reads its answer could not be loaded. Read it again before making the edit again; what was to be saved is in error.local.`;
    edit.reject(isOut ? new InDoubtError(what, { ...edit.facts(batch.target.value, error) }) : error);
  }
}
