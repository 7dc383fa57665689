import type { EditResult } from '../../contract/snapshot.js';
import type { State } from '../../engine/port.js';
import { RetryLimitError } from '../../errors/outcome-errors.js';
import { anySignal } from '../any-signal.js';
import type { ClientCore } from '../client-core.js';
import type { Way } from './way.js';

/** What an edit is made on is read first: what there is of the edit by then. */
export interface FirstRead {
  readonly signal: AbortSignal | undefined;
  readonly read: (signal: AbortSignal | undefined) => Promise<State>;
  readonly again: () => Promise<EditResult>;
}

/** Reads what an edit is made on, within the time that the edit has. @returns it, and how much of that time is used. @throws RetryLimitError; whatever the read meets. */
export async function firstRead(
  { clock }: ClientCore,
  { policy, known }: Way,
  { signal, read, again }: FirstRead,
): Promise<{ readonly read: State; readonly spentMs: number }> {
  const { deadline } = policy.engine.retry;
  const startedAt = clock.now();
  const late = new AbortController();
  const cancel = Number.isFinite(deadline) ? clock.after(deadline, () => late.abort()) : () => {};
  try {
    const found = await read(anySignal(signal, late.signal));
    return { read: found, spentMs: clock.now() - startedAt };
  } catch (cause) {
    if (!late.signal.aborted || signal?.aborted === true) throw cause;
    const { url } = known.resource;
    let made: Promise<EditResult> | undefined;
    throw new RetryLimitError(
      `${url} could not be read within ${deadline} ms, and the edit must be made on what is there. Nothing was sent. Try again later with error.retry(), or raise \`retry.deadline\`.`,
      {
        url,
        cause,
        edit: { base: undefined, local: undefined, remote: undefined, patch: [] },
        retry: () => {
          made ??= again();
          return made;
        },
      },
    );
  } finally {
    cancel();
  }
}
