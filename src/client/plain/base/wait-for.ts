import type { Clock } from '../../../engine/clock.js';
import { untilAborted } from '../../../engine/clock.js';

/** ms. As long as ky waits for an answer. */
const PATIENCE = 10_000;

/** Waits for a body to be read, but not for ever: it may never end. Rejects with the signal's reason as soon as that aborts. */
export async function waitFor(reading: Promise<void>, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  let cancel = (): void => {};
  const late = new Promise<void>((resolve) => {
    cancel = clock.after(PATIENCE, resolve);
  });
  const first = Promise.race([reading, late]);
  try {
    await (signal === undefined ? first : untilAborted(first, signal));
  } finally {
    cancel();
  }
}
