import { apply } from '../../src/core/apply.js';
import { deepEqual } from '../../src/core/deep-equal.js';
import type { JsonValue } from '../../src/core/json.js';
import type { PortWrite, ReadAnswer, ResourcePort, State, WriteAnswer } from '../../src/engine/port.js';
import type { Random } from './random.js';
import { below } from './random.js';
import type { VirtualClock } from './virtual-clock.js';

/** How often things go wrong, each from 0 to 1. */
export interface Weather {
  /** The request never arrives. */
  readonly loseRequest: number;
  /** It is carried out, and the answer never arrives. */
  readonly loseAnswer: number;
  /** It arrives twice. */
  readonly duplicate: number;
  /** It arrives long after the client has given up on it. */
  readonly late: number;
  readonly serverError: number;
  readonly serverErrorAfterCommit: number;
  /** A read is answered from an older state. */
  readonly lag: number;
  /** The server wants to be left alone for a while. */
  readonly busy: number;
  /** A business rule says no. */
  readonly refuse: number;
  readonly lock: number;
  /** ms a message takes at most. */
  readonly latency: number;
}

/** ms until the client counts a message as lost. */
const TIMEOUT = 400;

/** One resource behind a network that loses, delays and doubles. Strictly conditional: a write names the current version or is refused. */
export class FlakyServer {
  readonly history: State[];
  requests = 0;
  commits = 0;
  readonly #clock: VirtualClock;
  readonly #random: Random;
  readonly #weather: Weather;

  constructor(value: JsonValue, clock: VirtualClock, random: Random, weather: Weather) {
    this.history = [{ value, version: '"1"' }];
    this.#clock = clock;
    this.#random = random;
    this.#weather = weather;
  }

  get state(): State {
    const state = this.history.at(-1);
    if (state === undefined) throw new Error('a server has a state');
    return state;
  }

  /** Somebody changes it without asking anybody. */
  change(value: JsonValue): void {
    this.history.push({ value, version: `"${this.history.length + 1}"` });
  }

  port(): ResourcePort {
    const port: ResourcePort = {
      read: ({ signal }) => this.#exchange(signal, () => this.#read(), lostRead),
      write: (write, signal) => this.#exchange(signal, () => this.#write(write), lostWrite),
      forEdits: () => port,
      method: () => 'PATCH',
      nextForm: () => false,
    };
    return port;
  }

  #chance(of: keyof Omit<Weather, 'latency'>): boolean {
    return this.#random() < this.#weather[of];
  }

  /** A message there and one back, with all that can happen to them. */
  async #exchange<T>(signal: AbortSignal, serve: () => T, lost: () => T): Promise<T> {
    this.requests += 1;
    const { latency } = this.#weather;
    const listening = new AbortController();
    const aborted = new Promise<'aborted'>((resolve) => {
      if (signal.aborted) resolve('aborted');
      signal.addEventListener('abort', () => resolve('aborted'), { once: true, signal: listening.signal });
    });
    const travel = async (): Promise<T> => {
      await this.#clock.wait(below(this.#random, latency));
      if (this.#chance('late')) {
        // Given up on by the client, but still under way.
        this.#clock.after(TIMEOUT + below(this.#random, 3_000), serve);
        await this.#clock.wait(TIMEOUT);
        return lost();
      }
      if (this.#chance('loseRequest')) {
        await this.#clock.wait(TIMEOUT);
        return lost();
      }
      const answer = serve();
      if (this.#chance('duplicate')) this.#clock.after(below(this.#random, 1_000), serve);
      if (this.#chance('loseAnswer')) {
        await this.#clock.wait(TIMEOUT);
        return lost();
      }
      await this.#clock.wait(below(this.#random, latency));
      return answer;
    };
    const outcome = await Promise.race([travel(), aborted]);
    listening.abort();
    return outcome === 'aborted' ? lost() : outcome;
  }

  #read(): ReadAnswer {
    if (this.#chance('serverError'))
      return { kind: 'failed', error: new Error('503'), retryable: true, retryAfter: undefined };
    const behind = this.#chance('lag') ? below(this.#random, 3) : 0;
    const state = this.history[Math.max(0, this.history.length - 1 - behind)] ?? this.state;
    return { kind: 'found', state };
  }

  #write(write: PortWrite): WriteAnswer {
    if (write.kind !== 'update') throw new Error('this simulation only updates');
    if (this.#chance('serverError')) return this.#refusal(503, write);
    if (this.#chance('busy')) return this.#refusal(429, write);
    if (this.#chance('lock')) return this.#refusal(423, write);
    if (write.base.version !== this.state.version) return this.#refusal(412, write);
    if (this.#chance('refuse')) return this.#refusal(409, write);
    const value = apply(this.state.value, write.patch);
    if (!deepEqual(value, write.local)) throw new Error('patch and value of one write say different things');
    this.change(value);
    this.commits += 1;
    if (this.#chance('serverErrorAfterCommit')) return this.#refusal(500, write);
    return { kind: 'accepted', status: 200, version: this.state.version, value: undefined };
  }

  #refusal(status: number, write: PortWrite): WriteAnswer {
    const version = write.kind === 'create' ? undefined : write.base.version;
    const sent = { method: 'PATCH', url: 'sim:/doc', version, create: false };
    const answer = { status, headers: new Headers(), body: undefined, sent };
    return { kind: 'answered', answer, error: new Error(String(status)), retryAfter: undefined, latest: undefined };
  }
}

function lostRead(): ReadAnswer {
  return { kind: 'failed', error: new Error('timeout'), retryable: true, retryAfter: undefined };
}

function lostWrite(): WriteAnswer {
  return { kind: 'unknown', error: new Error('timeout') };
}
