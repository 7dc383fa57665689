import pRetry from 'p-retry';

/** A wait before the next step, and why. */
export interface Pause {
  /** ms */
  readonly ms: number;
  readonly reason: 'backoff' | 'retry-after' | 'lock';
}

/** What a step of the loop comes to. */
export type Step<Result> =
  | { readonly done: true; readonly result: Result }
  | { readonly done: false; readonly pause: Pause | undefined };

/** How a step tells p-retry, which knows only errors, to go on. */
class Again extends Error {
  readonly pause: Pause | undefined;
  constructor(pause: Pause | undefined) {
    super('again');
    this.pause = pause;
  }
}

/**
 * Takes steps until one is done. The mechanism only: what a step is, how long a pause may be and when to give up are the
 * caller's. Waiting happens in `shouldRetry`, because p-retry's own delays know nothing of Retry-After.
 *
 * @throws Whatever a step or a wait throws; the signal's reason when it aborts.
 */
export async function loop<Result>(
  step: () => Promise<Step<Result>>,
  wait: (pause: Pause) => Promise<void>,
  signal: AbortSignal,
): Promise<Result> {
  signal.throwIfAborted();
  // Most edits are done in one step, and nothing need be set up to retry them.
  let first: Step<Result> | undefined = await step();
  if (first.done) return first.result;
  return pRetry(
    async () => {
      const outcome = first ?? (await step());
      first = undefined;
      if (outcome.done) return outcome.result;
      throw new Again(outcome.pause);
    },
    {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 0,
      signal,
      async shouldRetry({ error }) {
        if (!(error instanceof Again)) return false;
        if (error.pause !== undefined) await wait(error.pause);
        return true;
      },
    },
  );
}
