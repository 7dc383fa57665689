import type { Draft } from '../../../src/index.js';
import type { Made } from './book.js';
import type { Doc } from './deeds.js';
import { doDeed } from './deeds.js';
import type { Proc } from './proc.js';
import { note } from './recognise.js';
import type { World } from './world.js';

interface Open {
  readonly draft: Draft<Doc>;
  /** What of it the person has not taken back. */
  typed: readonly Made[];
}

/** What a person types into the drafts of one process. */
export class Typist {
  readonly #world: World;
  readonly #proc: Proc;
  readonly #open = new Map<string, Open>();
  /** Drafts that are being closed. */
  #closing = 0;
  /** What had been typed when the page went. */
  #leaving: readonly Made[] = [];

  constructor(world: World, proc: Proc) {
    this.#world = world;
    this.#proc = proc;
  }

  get isIdle(): boolean {
    return this.#open.size + this.#closing === 0;
  }

  /** One more word, in the place of what was typed before. False: there is nothing yet to type into. */
  type(made: Made): boolean {
    const { book } = this.#world;
    const open = this.#open.get(made.path) ?? this.#openOn(made.path);
    const { draft, typed } = open;
    if (draft.value === undefined) return false;
    note(made, Object(draft.value), book.tick());
    const replaced = typed.filter(({ deed }) => deed.kind === 'field' && made.deed.kind === 'field');
    for (const each of replaced) if (!book.isDone(each)) each.isGivenUp = true;
    open.typed = [...typed.filter((each) => !replaced.includes(each)), made];
    draft.change((doc) => doDeed(doc, made.deed));
    return true;
  }

  save(path: string): void {
    const open = this.#open.get(path);
    if (open === undefined) return;
    const { draft, typed } = open;
    draft.save().then(
      () => {
        if (this.#proc.isAlive) for (const made of typed) made.isAcknowledged = true;
      },
      (error: unknown) => this.#told('cannot save', path, error),
    );
  }

  /** What cannot be saved is an entry from then on. */
  close(path: string): void {
    const open = this.#open.get(path);
    if (open === undefined) return;
    this.#open.delete(path);
    this.#closing += 1;
    const over = (): void => {
      this.#closing -= 1;
    };
    open.draft.close().then(over, (error: unknown) => {
      this.#told('closes and cannot save', path, error);
      over();
    });
  }

  closeAll(): void {
    for (const path of this.#open.keys()) this.close(path);
  }

  /** A person who signs out wants nothing of it any more. */
  discardAll(): void {
    for (const { draft, typed } of this.#open.values()) {
      for (const made of typed) made.isGivenUp = true;
      draft.discard();
    }
  }

  /** The page goes: what is typed is stored at once. */
  leave(): void {
    const dirty = [...this.#open.values()].filter(({ draft }) => draft.status !== 'clean');
    this.#leaving = dirty.flatMap(({ typed }) => typed);
    this.#world.book.tell(`${this.#proc.name} is left`);
  }

  /** The page is gone, a moment after it was left. */
  goes(): void {
    const { book, climate } = this.#world;
    if (!this.#proc.isAlive) return;
    this.#proc.die('as its page goes');
    const isLost = (made: Made): boolean => made.storedAt === undefined && !book.isDone(made) && !made.isGivenUp;
    if (climate.storage !== 'good') return;
    for (const made of this.#leaving.filter(isLost)) book.blame('what is typed outlives its page', made.name);
  }

  #openOn(path: string): Open {
    const draft = this.#proc.client.resource<Doc>(path.slice(1)).draft({ autosave: { after: 300, atMost: 2_000 } });
    draft.ready.catch(() => {});
    const open: Open = { draft, typed: [] };
    this.#open.set(path, open);
    return open;
  }

  #told(what: string, path: string, error: unknown): void {
    if (this.#proc.isAlive) this.#world.book.tell(`${this.#proc.name} ${what} ${path}: ${String(error)}`);
  }
}
