import type { Made } from './book.js';
import { Proc } from './proc.js';
import { namesOf } from './recognise.js';
import type { World } from './world.js';
import { DOCS } from './world.js';

/** So often a person has an edit made again of which nothing tells whether it is there. */
const MOST_REMADE = 2;

/** The processes of one person, and what that person does in them. */
export class Fleet {
  readonly #world: World;
  readonly #procs: Proc[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  get alive(): readonly Proc[] {
    return this.#procs.filter(({ isAlive, isClosed }) => isAlive && !isClosed);
  }

  /** Without locks a storage belongs to one process at a time. */
  get mayOpen(): boolean {
    return this.#world.climate.isShared || this.#procs.every(({ isAlive }) => !isAlive);
  }

  open(): Proc {
    const proc = new Proc(this.#world, `ada${this.#procs.length + 1}`, 'ada');
    this.#procs.push(proc);
    for (const path of DOCS) {
      proc.client
        .resource(path.slice(1))
        .get()
        .catch(() => {});
    }
    return proc;
  }

  madeOf({ owner }: Proc, id: string): readonly Made[] {
    return this.#world.book.in(`unconflict/${owner}/${id}`);
  }

  retry(proc: Proc, id: string): void {
    const { entries } = proc.waiting;
    const entry = entries.find((other) => other.id === id);
    const made = this.madeOf(proc, id);
    this.#world.book.tell(`${proc.name} retries ${namesOf(made)} (${entry?.state})`);
    if (entry?.state === 'refused') for (const each of made) each.isLate = true;
    // Those that went in one write go together again.
    const mates = entries.filter(({ state, resource }) => state === 'in-doubt' && resource === entry?.resource);
    const remade = mates.flatMap((mate) => this.madeOf(proc, mate.id));
    if (entry?.state === 'in-doubt') {
      // A digit counts to three.
      if (remade.some((made) => made.remade >= MOST_REMADE)) return this.discard(proc, id);
      for (const made of remade) made.remade += 1;
    }
    proc.waiting.retry(id);
  }

  discard(proc: Proc, id: string): void {
    const made = this.madeOf(proc, id);
    this.#world.book.tell(`${proc.name} discards ${namesOf(made)}`);
    for (const each of made) each.isGivenUp = true;
    proc.waiting.discard(id);
  }
}
