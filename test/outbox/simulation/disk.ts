import type { OutboxStorage } from '../../../src/index.js';
import type { Proc } from './proc.js';
import type { World } from './world.js';

type Fault = 'full' | 'failed' | 'late' | 'silent';

/** A storage that outlives processes, and does not always do as it is told. */
export class Disk {
  readonly values: Map<string, string> = new Map();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** What one process sees of it. */
  of(proc: Proc): OutboxStorage {
    const { book } = this.#world;
    return {
      get: (key) => this.#op(proc, `get ${key}`, () => this.values.get(key)),
      keys: () => this.#op(proc, 'keys', () => [...this.values.keys()]),
      set: (key, value) =>
        this.#op(proc, `set ${key}`, () => {
          this.values.set(key, value);
          proc.recognise(key, value);
          for (const made of book.in(key)) {
            made.storedAt ??= book.tick();
            // It may have stood elsewhere before.
            if (made.isTyped) made.isRemoved = false;
            // It had not heard yet.
            if (made.cleared !== undefined && made.cleared.by !== proc.name) made.cleared = undefined;
            if (made.isRemoved && !made.isUnkept && !made.isGivenUp)
              book.blame('what is removed stays removed', made.name);
          }
        }),
      delete: (key) =>
        this.#op(proc, `delete ${key}`, () => {
          this.values.delete(key);
          for (const made of book.in(key)) made.isRemoved = true;
        }),
    };
  }

  async #op<T>(proc: Proc, what: string, step: () => T): Promise<T> {
    const { time, climate } = this.#world;
    if (proc.mayDie(`before ${what}`)) return never();
    const fault = this.#fault(what);
    if (fault === 'silent') return never();
    if (fault === 'late') await time.wait(4_000 + this.#world.some(15_000));
    else if (climate.storage !== 'good') await time.wait(this.#world.some(40));
    // A step that was under way when its process died may have been carried out, or not; but not seconds later.
    if (!proc.isAlive && (fault === 'late' || this.#world.random() < 0.5)) return never();
    if (fault === 'failed') throw new Error('the disk is broken');
    if (fault === 'full') throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    const result = step();
    if (proc.mayDie(`after ${what}`)) return never();
    if (climate.storage !== 'good') await time.wait(this.#world.some(40));
    return proc.isAlive ? result : never();
  }

  #fault(what: string): Fault | undefined {
    if (this.#world.climate.storage !== 'failing' || !this.#world.happens(0.08)) return undefined;
    const fault = (['full', 'failed', 'late', 'silent'] as const)[this.#world.some(4)];
    this.#world.book.tell(`disk: ${fault} at ${what}`);
    return fault === 'full' && !what.startsWith('set') ? 'failed' : fault;
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
