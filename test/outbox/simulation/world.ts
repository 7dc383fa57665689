import { type ConflictServer, createConflictServer } from '../../../src/testing/index.js';
import { below, pick, type Random, seeded } from '../../simulation/random.js';
import { Book } from './book.js';
import { Channels } from './channels.js';
import { startDoc } from './deeds.js';
import { Disk } from './disk.js';
import { FakeTime } from './fake-time.js';
import { LockManager } from './lock-manager.js';
import { Page } from './page.js';

/** How a schedule is: drawn once, from its seed. */
export interface Climate {
  /** Several processes may live at once, and share locks. */
  readonly isShared: boolean;
  /** The chance that a process dies at any one step. */
  readonly crashes: number;
  /** The chance that the network loses a request or its answer. */
  readonly losses: number;
  /** The longest that a request takes on its way, ms. */
  readonly latency: number;
  readonly storage: 'good' | 'slow' | 'failing';
  readonly idempotencyKey: boolean;
  readonly form: 'json-patch' | 'merge-patch' | 'put';
  readonly answer: 'representation' | 'minimal' | 'no-version';
  readonly status: 409 | 412;
  readonly resolver: 'none' | 'local' | 'remote';
  readonly hasClockJumps: boolean;
  /** How an outbox gets its code. */
  readonly code: 'there' | 'late' | 'failing';
}

export interface Weather {
  readonly status: number;
  readonly until: number;
  /** It is carried out all the same. */
  readonly commits: boolean;
}

export const DOCS = ['/d/0', '/d/1', '/d/2'] as const;

/** Everything that outlives a process. */
export class World {
  readonly time: FakeTime = new FakeTime();
  readonly random: Random;
  readonly climate: Climate;
  readonly server: ConflictServer;
  readonly book: Book;
  readonly disk: Disk;
  readonly locks: LockManager = new LockManager();
  readonly channels: Channels = new Channels();
  readonly page: Page = new Page();
  /** By path; `*` is everywhere. */
  readonly weather: Map<string, Weather> = new Map();
  /** From here on nothing goes wrong any more. */
  isCalm = false;
  crashesLeft = 4;

  constructor(seed: number) {
    this.random = seeded(seed);
    // Drawn apart, so that a seed still means what it meant before.
    const code = pick(seeded(~seed), ['there', 'late', 'failing'] as const);
    this.climate = { ...climateOf(this.random), code };
    const { idempotencyKey, answer, status, form } = this.climate;
    this.server = createConflictServer({
      idempotencyKeys: idempotencyKey,
      answer,
      status,
      patches: form === 'put' ? [] : [form],
    });
    this.book = new Book(this.server, () => this.time.now);
    this.disk = new Disk(this);
    this.book.tell(`${seed} ${JSON.stringify(this.climate)}`);
    for (const path of DOCS) this.server.seed(path, startDoc());
    this.server.refuse<{ rule: string }>('/*', (next) =>
      String(Object(next).rule).startsWith('bad') ? { status: 422, title: 'No' } : undefined,
    );
  }

  /** Whether something happens that has this chance. */
  happens(chance: number): boolean {
    return !this.isCalm && chance > 0 && this.random() < chance;
  }

  some(limit: number): number {
    return below(this.random, limit);
  }
}

function climateOf(random: Random): Omit<Climate, 'code'> {
  return {
    isShared: random() < 0.5,
    crashes: pick(random, [0, 0.01, 0.03, 0.08]),
    losses: pick(random, [0, 0.05, 0.2]),
    latency: pick(random, [0, 20, 200, 3_000]),
    storage: pick(random, ['good', 'good', 'slow', 'failing']),
    idempotencyKey: random() < 0.3,
    form: pick(random, ['json-patch', 'json-patch', 'merge-patch', 'put']),
    answer: pick(random, ['representation', 'representation', 'minimal', 'no-version']),
    status: pick(random, [412, 412, 409]),
    resolver: pick(random, ['none', 'none', 'local', 'remote']),
    hasClockJumps: random() < 0.4,
  };
}
