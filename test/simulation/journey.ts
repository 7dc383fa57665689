import type { Random } from './random.js';
import { below } from './random.js';
import type { VirtualClock } from './virtual-clock.js';
import type { Weather } from './weather.js';

/** ms until the client counts a message as lost. */
const TIMEOUT = 400;

export interface Network {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly weather: Weather;
}

/** A message there and one back, with all that can happen to them on the way; the client stops listening when it aborts. */
export async function journey<T>(
  { clock, random, weather }: Network,
  signal: AbortSignal,
  serve: (isCopy: boolean) => T,
  lost: () => T,
): Promise<T> {
  const happens = (chance: number): boolean => random() < chance;
  const travel = async (): Promise<T> => {
    await clock.wait(below(random, weather.latency));
    if (happens(weather.late)) {
      // Given up on by the client, but still under way.
      clock.after(TIMEOUT + below(random, 3_000), () => serve(false));
      await clock.wait(TIMEOUT);
      return lost();
    }
    if (happens(weather.loseRequest)) {
      await clock.wait(TIMEOUT);
      return lost();
    }
    const answer = serve(false);
    if (happens(weather.duplicate)) clock.after(below(random, 1_000), () => serve(true));
    if (happens(weather.loseAnswer)) {
      await clock.wait(TIMEOUT);
      return lost();
    }
    await clock.wait(below(random, weather.latency));
    return answer;
  };
  return unlessAborted(travel(), signal, lost);
}

/** Never answers; a deaf one does not even hear that the client has left. */
export function silence<T>(signal: AbortSignal, lost: () => T, deaf: boolean): Promise<T> {
  const never = new Promise<T>(() => {});
  return deaf ? never : unlessAborted(never, signal, lost);
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, lost: () => T): Promise<T> {
  if (signal.aborted) return Promise.resolve(lost());
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(lost());
    signal.addEventListener('abort', onAbort);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
