import type { World } from './world.js';

/** ms. So long a message takes at most. */
export const LONGEST = 50;

interface Channel {
  readonly name: string;
  readonly isAlive: () => boolean;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  isClosed: boolean;
}

/** What processes tell each other, as tabs of one origin do by BroadcastChannel. */
export class Channels {
  readonly #all: Channel[] = [];
  #isAlive: () => boolean = () => true;

  /** What is opened now is a process's: what is dead says and hears nothing. */
  openFor(isAlive: () => boolean): void {
    this.#isAlive = isAlive;
  }

  /** Puts these in the place of the platform's. What it returns puts those back. */
  install(world: World): () => void {
    const before = globalThis.BroadcastChannel;
    const [all, isAliveNow] = [this.#all, () => this.#isAlive];
    class Fake implements Channel {
      readonly isAlive = isAliveNow();
      onmessage: Channel['onmessage'] = null;
      isClosed = false;

      constructor(readonly name: string) {
        all.push(this);
      }

      postMessage(data: unknown): void {
        if (this.isClosed) throw new Error('The channel is closed.');
        const others = all.filter((other) => other !== this && other.name === this.name);
        for (const other of this.isAlive() ? others : [])
          world.time.at(world.some(LONGEST), () => other.isAlive() && !other.isClosed && other.onmessage?.({ data }));
      }

      close(): void {
        this.isClosed = true;
      }
    }
    Object.assign(globalThis, { BroadcastChannel: Fake });
    return () => void Object.assign(globalThis, { BroadcastChannel: before });
  }
}
