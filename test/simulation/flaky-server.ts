import { deepEqual } from '../../src/core/deep-equal.js';
import type { JsonValue } from '../../src/core/json.js';
import { apply } from '../../src/core/patch/apply.js';
import type { PortWrite, ReadAnswer, ResourcePort, State, WriteAnswer } from '../../src/engine/port.js';
import { isForbidden, keptAs, toggled } from './document.js';
import type { Network } from './journey.js';
import { journey, silence } from './journey.js';
import { below } from './random.js';
import type { Weather } from './weather.js';
import { REPLICA_LAG } from './weather.js';
import type { World } from './world.js';

/** One state a resource has had; no value: it was not there. */
export interface Entry {
  readonly value: JsonValue | undefined;
  readonly version: string;
  /** The key of the write that made it; undefined for somebody else's. */
  readonly by: string | undefined;
  readonly at: number;
}

export type Surroundings = Network &
  Pick<World, 'versioning' | 'answers' | 'ruleStatus' | 'goneStatus' | 'temper' | 'tellsLatest' | 'keeps' | 'replica'>;

const TEN_YEARS = 10 * 365 * 24 * 60 * 60 * 1_000;

/** One resource behind a network that loses, delays and doubles. Strictly conditional: a write names the current version or is refused. */
export class FlakyServer {
  readonly history: Entry[] = [];
  /** What no client should ever send. */
  readonly oddities: string[] = [];
  requests = 0;
  /** Requests that a client still waits for. */
  open = 0;
  readonly #around: Surroundings;
  readonly #created = new Set<string>();

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
    const { versioning, clock, keeps } = this.#around;
    const kept = value === undefined ? undefined : keptAs(keeps, value, this.history.length);
    const version = versioning.version(this.history.length + 1, kept);
    this.history.push({ value: kept, version, by, at: clock.now() });
  }

  /** What one client has of it. */
  port(): ResourcePort {
    let writing = 0;
    const port: ResourcePort = {
      read: ({ signal }) => this.#exchange(signal, () => this.#read(), lostRead),
      write: async (write, { signal }) => {
        writing += 1;
        if (writing > 1 && this.#around.temper !== 'deaf')
          this.oddities.push(`${write.key}: two writes of one client at once`);
        let answer: WriteAnswer | undefined;
        const serve = (isCopy: boolean): WriteAnswer => {
          // Who was told no has been told no: nobody can know of a second copy that fares better.
          const isOver = isCopy && answer?.kind === 'answered' && answer.answer.status < 500;
          if (!isOver) answer = this.#write(write, isCopy);
          return answer ?? lostWrite();
        };
        try {
          return await this.#exchange(signal, serve, lostWrite);
        } finally {
          writing -= 1;
        }
      },
      method: ({ kind }) => (kind === 'delete' ? 'DELETE' : kind === 'create' ? 'PUT' : 'PATCH'),
      nextForm: () => false,
    };
    return port;
  }

  async #exchange<T>(signal: AbortSignal, serve: (isCopy: boolean) => T, lost: () => T): Promise<T> {
    const { temper } = this.#around;
    this.requests += 1;
    if (temper === 'deaf') return silence(signal, lost, true);
    this.open += 1;
    try {
      return await (temper === 'silent' ? silence(signal, lost, false) : journey(this.#around, signal, serve, lost));
    } finally {
      this.open -= 1;
    }
  }

  #happens(what: keyof Omit<Weather, 'latency'>): boolean {
    return this.#around.random() < this.#around.weather[what];
  }

  #stateAt(index: number): State | undefined {
    const entry = this.history[index];
    if (entry?.value === undefined) return undefined;
    const { versioning, clock } = this.#around;
    const version = versioning.told(entry.version, clock.now() - entry.at);
    return { value: versioning.shown(index + 1, entry.value), version };
  }

  #read(): ReadAnswer {
    const { random, clock } = this.#around;
    if (this.#happens('serverError'))
      return { kind: 'failed', error: new Error('503'), retryable: true, retryAfter: undefined };
    const at = clock.now() - this.#around.replica - (this.#happens('lag') ? below(random, REPLICA_LAG) : 0);
    const index = this.history.findLastIndex((entry) => entry.at <= at);
    const state = this.#stateAt(Math.max(0, index));
    return state === undefined ? { kind: 'missing', error: new Error('404') } : { kind: 'found', state };
  }

  #write(write: PortWrite, isCopy: boolean): WriteAnswer {
    const { versioning, temper, goneStatus, clock } = this.#around;
    // After a deletion nothing tells a second copy of a create from a first one, and no client can help it.
    if (write.kind === 'create' && (isCopy || this.#created.has(write.key))) return this.#refusal(412, write);
    if (this.#happens('serverError')) return this.#refusal(503, write);
    if (this.#happens('noReceipt')) return noReceipt();
    if (temper === 'ten-years') return this.#refusal(429, write, TEN_YEARS);
    if (this.#happens('busy')) return this.#refusal(429, write);
    if (temper === 'always-locked' || this.#happens('lock')) return this.#refusal(423, write);
    if (temper === 'always-stale') return this.#refusal(versioning.staleStatus, write);
    if (temper === 'always-moving' && this.now.value !== undefined) this.change(toggled(this.now.value), undefined);
    const { value, version, at } = this.now;
    if (write.kind === 'create') {
      return value === undefined ? this.#commit(write, write.local) : this.#refusal(412, write);
    }
    if (value === undefined) return this.#refusal(goneStatus, write);
    if (!versioning.accepts(write.base.version, version, clock.now() - at))
      return this.#refusal(versioning.staleStatus, write);
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
    const { versioning, answers, ruleStatus, keeps } = this.#around;
    if (value !== undefined && isForbidden(value)) return this.#refusal(ruleStatus, write);
    if (this.#happens('refuse')) return this.#refusal(409, write);
    if (write.kind === 'create') this.#created.add(write.key);
    this.change(value === undefined ? undefined : versioning.bare(value), write.key);
    if (this.#happens('serverErrorAfterCommit')) return this.#refusal(500, write);
    if (this.#happens('noReceipt')) return noReceipt();
    const status = write.kind === 'create' ? 201 : 200;
    const { state } = this;
    const assumed = keeps !== 'what was sent' && answers !== 'whole' && { isAssumed: true };
    if (state === undefined || answers === 'nothing')
      return { kind: 'accepted', status, version: undefined, value: undefined, ...assumed };
    // As the client does it: a version in the body is put into what was written.
    const stamped =
      versioning.name === 'field' && value !== undefined ? versioning.shown(this.history.length, value) : undefined;
    return {
      kind: 'accepted',
      status,
      version: state.version,
      value: answers === 'whole' ? state.value : stamped,
      ...assumed,
    };
  }

  #refusal(status: number, write: PortWrite, retryAfter?: number): WriteAnswer {
    const create = write.kind === 'create';
    const version = write.kind === 'create' ? undefined : write.base.version;
    const sent = { method: 'PATCH', url: 'sim:/doc', version, create };
    const answer = { status, headers: new Headers(), body: undefined, sent };
    const isStale = status === this.#around.versioning.staleStatus && version !== this.now.version;
    const latest = this.#around.tellsLatest && isStale ? this.state : undefined;
    return { kind: 'answered', answer, error: new Error(String(status)), retryAfter, latest };
  }
}

function lostRead(): ReadAnswer {
  return { kind: 'failed', error: new Error('timeout'), retryable: true, retryAfter: undefined };
}

function lostWrite(): WriteAnswer {
  return { kind: 'unknown', error: new Error('timeout') };
}

/** A 202, or a page: it came, and does not say whether the write was made. */
function noReceipt(): WriteAnswer {
  return { kind: 'unknown', error: new Error('202'), status: 202 };
}
