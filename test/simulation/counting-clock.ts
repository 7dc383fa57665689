import type { Clock } from '../../src/engine/clock.js';

/** A view of a clock that knows how many of its own timers are left. */
export function countingClock(clock: Clock): Clock & { readonly pending: number } {
  let pending = 0;
  return {
    get pending() {
      return pending;
    },
    now: () => clock.now(),
    random: () => clock.random(),
    after(ms, callback) {
      let live = true;
      const end = (): void => {
        if (live) pending -= 1;
        live = false;
      };
      pending += 1;
      const cancel = clock.after(ms, () => {
        end();
        callback();
      });
      return () => {
        end();
        cancel();
      };
    },
  };
}
