import type { EditEvent } from '../contract/events.js';
import type { Clock } from './clock.js';
import type { Policy } from './policy.js';
import type { ResourcePort, State } from './port.js';
import type { OnStale } from './removal.js';

/** A delete as it is asked for. */
export interface RemoveRequest {
  readonly id: string;
  /** Of the delete that this one goes on with: no idempotency key may come twice. */
  readonly keys?: { taken: number };
  /** Default: what its caller saw when he asked, with his own edits before it; else one read. */
  readonly base: State | undefined;
  readonly onStale: OnStale;
  readonly port: ResourcePort;
  readonly policy: Policy;
  readonly signal: AbortSignal | undefined;
  readonly emit: (event: EditEvent) => void;
}

/** A delete that waits for its turn: what the caller awaits, and what is to be done then; undefined if the caller has left already. */
export interface RemovalTurn {
  readonly promise: Promise<boolean>;
  readonly work: (() => Promise<void>) | undefined;
}

/** Makes a turn of a delete: it tells how it ended, and hears its signal while it waits. */
export function removalTurn(
  request: RemoveRequest,
  clock: Clock,
  carryOut: (signal: AbortSignal, emit: (event: EditEvent) => void) => Promise<boolean>,
): RemovalTurn {
  const startedAt = clock.now();
  const signal = request.signal ?? new AbortController().signal;
  let attempts = 0;
  let work: RemovalTurn['work'];
  const emit = (event: EditEvent): void => {
    if (event.type === 'attempt') attempts = event.attempt;
    request.emit(event);
  };
  emit({ type: 'queued', kind: 'delete', operations: 0 });
  const promise = new Promise<boolean>((resolve, reject) => {
    const end = (): { readonly attempts: number; readonly ms: number } => ({ attempts, ms: clock.now() - startedAt });
    const fail = (error: unknown): void => {
      emit({ type: 'rejected', ...end(), error: error instanceof Error ? error : new Error(String(error)) });
      reject(error);
    };
    const leave = (): void => fail(signal.reason);
    if (signal.aborted) {
      leave();
      return;
    }
    signal.addEventListener('abort', leave, { once: true });
    work = async () => {
      if (signal.aborted) return;
      signal.removeEventListener('abort', leave);
      try {
        const deleted = await carryOut(signal, emit);
        emit({ type: 'accepted', ...end(), rebased: !deleted, alreadyApplied: attempts === 0 });
        resolve(deleted);
      } catch (error) {
        fail(error);
      }
    };
  });
  return { promise, work };
}
