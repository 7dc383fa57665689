import { apply } from '../../src/core/apply.js';
import { deepEqual } from '../../src/core/deep-equal.js';
import type { JsonValue } from '../../src/core/json.js';
import type { PortWrite, ReadAnswer, ResourcePort, State, WriteAnswer } from '../../src/engine/port.js';
import { isForbidden } from './document.js';
import { journey } from './journey.js';
import type { Random } from './random.js';
import { below } from './random.js';
import type { Versioning } from './versioning.js';
import type { VirtualClock } from './virtual-clock.js';
import type { Weather } from './weather.js';

/** One state a resource has had; no value: it was not there. */
export interface Entry {
  readonly value: JsonValue | undefined;
  readonly version: string;
  /** The key of the write that made it; undefined for somebody else's. */
  readonly by: string | undefined;
}

/** What surrounds a simulated server. */
export interface Surroundings {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly weather: Weather;
  readonly versioning: Versioning;
  /** What the answer to a write tells of the new state. */
  readonly answers: 'whole' | 'version' | 'nothing';
  /** What a broken business rule is answered with. */
  readonly ruleStatus: 409 | 422;
}

/** One resource behind a network that loses, delays and doubles. Strictly conditional: a write names the current version or is refused. */
export class FlakyServer {
  readonly history: Entry[] = [];
  /** What no client should ever send. */
  readonly oddities: string[] = [];
  requests = 0;
  readonly #around: Surroundings;

  constructor(value: JsonValue | undefined, around: Surroundings) {
    this.#around = around;
    this.change(value, undefined);
  }

  get now(): Entry {
    const entry = this.history.at(-1);
    if (entry === undefined) throw new Error('a server has a state');
    return entry;
  }

  get state(): State | undefined {
    return this.#stateAt(this.history.length - 1);
  }

  /** Somebody changes it without asking anybody. */
  change(value: JsonValue | undefined, by: string | undefined): void {
    const version = this.#around.versioning.version(this.history.length + 1, value);
    this.history.push({ value, version, by });
  }

  port(): ResourcePort {
    return {
      read: ({ signal }) => this.#exchange(signal, () => this.#read(), lostRead),
      write: (write, signal) => this.#exchange(signal, (isCopy) => this.#write(write, isCopy), lostWrite),
      method: ({ kind }) => (kind === 'delete' ? 'DELETE' : kind === 'create' ? 'PUT' : 'PATCH'),
      nextForm: () => false,
    };
  }

  #exchange<T>(signal: AbortSignal, serve: (isCopy: boolean) => T, lost: () => T): Promise<T> {
    this.requests += 1;
    return journey(this.#around, signal, serve, lost);
  }

  #happens(what: keyof Omit<Weather, 'latency'>): boolean {
    return this.#around.random() < this.#around.weather[what];
  }

  #stateAt(index: number): State | undefined {
    const entry = this.history[index];
    if (entry?.value === undefined) return undefined;
    return { value: this.#around.versioning.shown(index + 1, entry.value), version: entry.version };
  }

  #read(): ReadAnswer {
    if (this.#happens('serverError'))
      return { kind: 'failed', error: new Error('503'), retryable: true, retryAfter: undefined };
    const behind = this.#happens('lag') ? below(this.#around.random, 3) : 0;
    const state = this.#stateAt(Math.max(0, this.history.length - 1 - behind));
    return state === undefined ? { kind: 'missing', error: new Error('404') } : { kind: 'found', state };
  }

  #write(write: PortWrite, isCopy: boolean): WriteAnswer {
    // After a deletion nothing tells the second copy of a create from a first one, and no client can help it.
    if (isCopy && write.kind === 'create') return this.#refusal(412, write);
    if (this.#happens('serverError')) return this.#refusal(503, write);
    if (this.#happens('busy')) return this.#refusal(429, write);
    if (this.#happens('lock')) return this.#refusal(423, write);
    const { value, version } = this.now;
    if (write.kind === 'create') {
      return value === undefined ? this.#commit(write, write.local) : this.#refusal(412, write);
    }
    if (value === undefined) return this.#refusal(404, write);
    if (write.base.version !== version) return this.#refusal(this.#around.versioning.staleStatus, write);
    return write.kind === 'delete' ? this.#commit(write, undefined) : this.#update(write, value);
  }

  #update(write: Extract<PortWrite, { kind: 'update' }>, value: JsonValue): WriteAnswer {
    const { bare } = this.#around.versioning;
    const { base, patch, local } = write;
    if (!deepEqual(bare(base.value), value)) this.oddities.push(`${write.key}: the base is not what its version names`);
    if (!deepEqual(apply(base.value, patch), local)) this.oddities.push(`${write.key}: patch and value disagree`);
    return this.#commit(write, bare(local));
  }

  #commit(write: PortWrite, value: JsonValue | undefined): WriteAnswer {
    const { versioning, answers, ruleStatus } = this.#around;
    if (value !== undefined && isForbidden(value)) return this.#refusal(ruleStatus, write);
    if (this.#happens('refuse')) return this.#refusal(409, write);
    this.change(value === undefined ? undefined : versioning.bare(value), write.key);
    if (this.#happens('serverErrorAfterCommit')) return this.#refusal(500, write);
    const status = write.kind === 'create' ? 201 : 200;
    const { state } = this;
    if (state === undefined || answers === 'nothing')
      return { kind: 'accepted', status, version: undefined, value: undefined };
    // As the client does it: a version in the body is put into what was written.
    const told = answers === 'whole' || versioning.name === 'field';
    return { kind: 'accepted', status, version: state.version, value: told ? state.value : undefined };
  }

  #refusal(status: number, write: PortWrite): WriteAnswer {
    const create = write.kind === 'create';
    const version = write.kind === 'create' ? undefined : write.base.version;
    const sent = { method: 'PATCH', url: 'sim:/doc', version, create };
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
