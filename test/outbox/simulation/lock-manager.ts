import type { TabLocks } from '../../../src/index.js';

interface Request {
  readonly holder: string;
  grant(): void;
}

/** Locks that processes share, as tabs of one origin share `navigator.locks`. */
export class LockManager {
  readonly #held = new Map<string, Request>();
  readonly #waiting = new Map<string, Request[]>();

  /** What one process sees of it. A process that is dead is never answered. */
  of(holder: string, isAlive: () => boolean): TabLocks {
    const request: TabLocks['request'] = async (name, options, call) => {
      if (!isAlive()) return new Promise(() => {});
      options.signal?.throwIfAborted();
      if (options.ifAvailable === true && this.#held.has(name)) return call(null);
      const mine = await this.#granted(name, holder, options.signal);
      try {
        return await call({});
      } finally {
        if (this.#held.get(name) === mine) this.#release(name);
      }
    };
    return { request };
  }

  /** Whatever a process held or waited for is free. */
  end(holder: string): void {
    for (const [name, queue] of this.#waiting) {
      this.#waiting.set(
        name,
        queue.filter((request) => request.holder !== holder),
      );
    }
    for (const [name, request] of [...this.#held]) if (request.holder === holder) this.#release(name);
  }

  #granted(name: string, holder: string, signal: AbortSignal | undefined): Promise<Request> {
    return new Promise((resolve, reject) => {
      const request: Request = { holder, grant: () => resolve(request) };
      if (!this.#held.has(name)) {
        this.#held.set(name, request);
        resolve(request);
        return;
      }
      const queue = this.#waiting.get(name) ?? [];
      this.#waiting.set(name, [...queue, request]);
      signal?.addEventListener('abort', () => {
        const left = this.#waiting.get(name) ?? [];
        if (!left.includes(request)) return;
        this.#waiting.set(
          name,
          left.filter((other) => other !== request),
        );
        reject(signal.reason);
      });
    });
  }

  #release(name: string): void {
    const [next, ...others] = this.#waiting.get(name) ?? [];
    this.#waiting.set(name, others);
    if (next === undefined) this.#held.delete(name);
    else {
      this.#held.set(name, next);
      next.grant();
    }
  }
}
