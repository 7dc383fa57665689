import { EventQueue } from './event-queue.js';
import type { HerdStrategy } from './herd-strategies.js';
import type { Random } from './random.js';
import { seeded } from './random.js';

/** Many clients that edit one resource at once, each a place of its own. */
export interface Herd {
  readonly seed: number;
  readonly clients: number;
  /** Edits each client makes, one after the other. */
  readonly edits: number;
  /** ms from a client to the server and back, on average: each way takes up to a fifth more or less. */
  readonly latency: number;
  /** ms the server works on a request. It works on one at a time; the others wait in line. */
  readonly service: number;
}

export interface HerdReport {
  readonly committed: number;
  readonly givenUp: number;
  readonly requestsPerCommit: number;
  /** ms until the last edit was committed or given up. */
  readonly time: number;
  /** Clients' own times until their edits were through: the slowest percent over the median. In a queue it is 2. */
  readonly unfairness: number;
}

/** One strategy under one herd, event by event. The same seed gives the same report. */
export function runHerd(herd: Herd, strategy: HerdStrategy): HerdReport {
  const random = seeded(herd.seed);
  const queue = new EventQueue();
  const server = new HerdServer(queue, herd, random);
  const endedAt: number[] = [];
  let givenUp = 0;
  const join = (): void => {
    let left = herd.edits;
    let failures = 0;
    let startedAt = 0;
    let version: number | undefined;
    const next = (): void => {
      failures = 0;
      startedAt = queue.now;
      // Who has just written knows the version.
      if (version === undefined) read(write);
      else write();
    };
    const read = (then: () => void): void =>
      server.ask(
        () => server.version,
        (found) => {
          version = found;
          then();
        },
      );
    const write = (): void => server.ask(() => server.write(version), told);
    const told = (committed: number | undefined): void => {
      version = committed;
      if (committed === undefined) refused();
      else end();
    };
    const refused = (): void => {
      failures += 1;
      const pause = strategy.pause(failures, random);
      if (failures >= strategy.tries || queue.now - startedAt + pause >= strategy.deadline) {
        givenUp += 1;
        end();
      } else if (strategy.pauses === 'before the read') queue.after(pause, () => read(write));
      else read(() => queue.after(pause, write));
    };
    const end = (): void => {
      left -= 1;
      if (left > 0) next();
      else endedAt.push(queue.now);
    };
    queue.after(random() * herd.latency, next);
  };
  for (let client = 0; client < herd.clients; client += 1) join();
  queue.run();
  return report(server.commits, givenUp, server.requests, endedAt);
}

/** What no strategy can beat: one client after the other, each knowing when its turn is, and every message as fast as can be. */
export function bestHerd({ clients, edits, latency, service }: Herd): HerdReport {
  // Between two commits lie the way back of the one answer and the way there of the next write.
  const commit = latency * FASTEST + service;
  const endedAt = Array.from({ length: clients }, (_, client) => commit * (1 + edits * (client + 1)));
  return report(clients * edits, 0, clients * (1 + edits), endedAt);
}

const FASTEST = 0.8;
const SLOWEST = 1.2;

function report(committed: number, givenUp: number, requests: number, endedAt: readonly number[]): HerdReport {
  const time = endedAt.at(-1) ?? 0;
  const unfairness = at(endedAt, 0.99) / at(endedAt, 0.5);
  return { committed, givenUp, requestsPerCommit: requests / committed, time, unfairness };
}

function at(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0;
}

/** Keeps one version, works on one request at a time, and takes only writes that name the version it has. */
class HerdServer {
  version = 0;
  commits = 0;
  requests = 0;
  readonly #queue: EventQueue;
  readonly #herd: Herd;
  readonly #random: Random;
  #freeAt = 0;

  constructor(queue: EventQueue, herd: Herd, random: Random) {
    this.#queue = queue;
    this.#herd = herd;
    this.#random = random;
  }

  ask<T>(work: () => T, answered: (answer: T) => void): void {
    this.requests += 1;
    this.#queue.after(this.#oneWay(), () => {
      this.#freeAt = Math.max(this.#freeAt, this.#queue.now) + this.#herd.service;
      this.#queue.after(this.#freeAt - this.#queue.now, () => {
        const answer = work();
        this.#queue.after(this.#oneWay(), () => answered(answer));
      });
    });
  }

  /** The new version; undefined: refused. */
  write(version: number | undefined): number | undefined {
    if (version !== this.version) return undefined;
    this.commits += 1;
    this.version += 1;
    return this.version;
  }

  #oneWay(): number {
    return (this.#herd.latency / 2) * (FASTEST + (SLOWEST - FASTEST) * this.#random());
  }
}
