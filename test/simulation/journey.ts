import type { Random } from './random.js';
import { below } from './random.js';
import type { VirtualClock } from './virtual-clock.js';
import type { Weather } from './weather.js';

/** ms until the client counts a message as lost. */
const TIMEOUT = 400;

/** A message there and one back, with all that can happen to them on the way. */
export async function journey<T>(
  { clock, random, weather }: { readonly clock: VirtualClock; readonly random: Random; readonly weather: Weather },
  signal: AbortSignal,
  serve: (isCopy: boolean) => T,
  lost: () => T,
): Promise<T> {
  const happens = (chance: number): boolean => random() < chance;
  const listening = new AbortController();
  const aborted = new Promise<'aborted'>((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { once: true, signal: listening.signal });
  });
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
  const outcome = await Promise.race([travel(), aborted]);
  listening.abort();
  return outcome === 'aborted' ? lost() : outcome;
}
