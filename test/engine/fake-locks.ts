import type { TabLocks } from '../../src/engine/queue/tab-lock.js';

/** A lock manager as a browser has it: one holder for each name, the others in the order in which they came. */
export interface FakeLocks extends TabLocks {
  /** Names held now. */
  readonly held: readonly string[];
  /** Requests that wait. */
  readonly waiting: number;
  /** Requests so far. */
  readonly asked: number;
}

export function fakeLocks(): FakeLocks {
  const held: string[] = [];
  const waiting: { readonly name: string; readonly grant: () => void }[] = [];
  let asked = 0;
  const grantNext = (name: string): void => {
    const index = waiting.findIndex((request) => request.name === name);
    if (index >= 0) waiting.splice(index, 1)[0]?.grant();
  };
  return {
    get held() {
      return held;
    },
    get waiting() {
      return waiting.length;
    },
    get asked() {
      return asked;
    },
    request: (name, { signal, ifAvailable }, whileHeld) => {
      asked += 1;
      return new Promise((resolve, reject) => {
        const leaveQueue = (): void => {
          waiting.splice(waiting.indexOf(request), 1);
          reject(signal?.reason);
        };
        const request = {
          name,
          grant: (): void => {
            signal?.removeEventListener('abort', leaveQueue);
            held.push(name);
            whileHeld({ name }).then(() => {
              held.splice(held.indexOf(name), 1);
              grantNext(name);
              resolve(undefined);
            }, reject);
          },
        };
        if (signal?.aborted) return reject(signal.reason);
        if (ifAvailable === true && held.includes(name)) return whileHeld(null).then(resolve, reject);
        signal?.addEventListener('abort', leaveQueue);
        if (held.includes(name)) waiting.push(request);
        else request.grant();
      });
    },
  };
}
