/** The server's only source of time. Hand in your own to run on a fake clock. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms` milliseconds; what it returns cancels the call. */
  after(ms: number, callback: () => void): () => void;
}

/** The machine's clock. Globals are looked up at each call, so that fake timers installed later are obeyed too. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Waits that can all be ended early, so that a closed server leaves no timer. */
export interface Waits {
  /** Resolves with true after `ms`, with false if `end()` came first. Zero or less does not wait at all. */
  wait(ms: number): Promise<boolean>;
  end(): void;
}

export function createWaits(clock: Clock): Waits {
  const open = new Set<() => void>();
  return {
    wait: (ms) =>
      ms > 0
        ? new Promise((resolve) => {
            const settle = (whole: boolean): void => {
              open.delete(end);
              resolve(whole);
            };
            const cancel = clock.after(ms, () => settle(true));
            const end = (): void => {
              cancel();
              settle(false);
            };
            open.add(end);
          })
        : Promise.resolve(true),
    end: () => {
      for (const end of [...open]) end();
    },
  };
}
