import type { EditHolder, HeldEdit, Left, WayBack } from '../../client/outbox/index.js';
import type { EditResult } from '../../exports.js';
import { ClosedError, ConflictError, DiscardedError, InDoubtError } from '../../exports.js';
import type { Store } from '../storage/store.js';
import { byAge, Ids, Item } from './item.js';
import { behind, sendable, shareDoubts, takeFromUnder, without } from './lanes.js';
import { LOOK } from './network.js';
import { Notes } from './notes.js';
import type { DeskChunk } from './questions.js';
import { Questions } from './questions.js';
import type { Tabs } from './tabs.js';
import { verdictOf } from './verdict.js';

/** The entries of one client's outbox, and what is done with them. */
export class Kept implements EditHolder {
  readonly #closing: AbortSignal;
  readonly #store: Store;
  readonly #tabs: Tabs;
  readonly #tell: () => void;
  readonly #notes: Notes;
  readonly #questions: Questions;
  #items: readonly Item[] = [];
  #offline: ReturnType<typeof setTimeout> | undefined;
  isReady = false;
  readonly ids: Ids = new Ids();
  isPaused = false;

  constructor(closing: AbortSignal, store: Store, tabs: Tabs, desk: DeskChunk, tell: () => void) {
    this.#closing = closing;
    this.#store = store;
    this.#tabs = tabs;
    this.#tell = tell;
    this.#notes = new Notes(tabs, { items: () => this.#items, write: (item) => this.#write(item), tell });
    this.#questions = new Questions(desk, () => closing.aborted, {
      changed: (item) => {
        tell();
        this.#write(item);
      },
      again: (item) => {
        this.retry(item);
        return item.promise;
      },
      giveUp: (item, reason) => this.giveUp(item, reason),
    });
    closing.addEventListener('abort', () => this.#close(), { once: true });
  }

  /** The oldest first. */
  get items(): readonly Item[] {
    return this.#items;
  }

  /** By its id, or that of its edit. */
  find(id: string): Item | undefined {
    return this.#items.find((item) => item.id === id || item.held.stored.editId === id);
  }

  /** What was stored is known now. */
  open(): void {
    this.isReady = true;
    this.pump();
  }

  /** Keeps an edit and sends it when its turn has come. */
  take(held: HeldEdit): Promise<EditResult> {
    const item = new Item(this.ids.next(held), held, this.#tabs.id);
    const { signal } = held;
    if (signal?.aborted) return Promise.reject(signal.reason);
    item.leaveOnAbort(() => this.giveUp(item, signal?.reason));
    this.#add(item);
    this.#storeFirst(item);
    return item.promise;
  }

  /** What a draft has left: entries like any others, of which the first has just failed. */
  adopt(items: readonly Item[], { error }: Left): void {
    for (const item of items) {
      this.#add(item);
      if (item === items[0] && error !== undefined) this.#fail(item, error);
      this.#storeFirst(item);
    }
  }

  /** Puts entries among the others that were stored before. */
  async restore(items: readonly Item[]): Promise<void> {
    this.#notes.found(items);
    for (const item of items) this.#add(item);
    shareDoubts(this.#items);
    for (const item of items) if (item.conflict !== undefined) await this.#questions.revive(item, item.conflict);
    this.pump();
  }

  sending(...write: Parameters<EditHolder['sending']>): Promise<void> {
    return this.#notes.sending(...write);
  }

  sent(...outcome: Parameters<EditHolder['sent']>): void {
    this.#notes.sent(...outcome);
  }

  without(editId: string, onServer: boolean): readonly WayBack[] {
    return without(this.#items, this.find(editId), onServer);
  }

  again(editId: string): ReturnType<EditHolder['again']> {
    const item = this.find(editId);
    if (item === undefined) return Promise.reject(new DiscardedError(''));
    this.retry(item);
    return item.promise;
  }

  async ask(...[context, resolve]: Parameters<EditHolder['ask']>): Promise<Awaited<ReturnType<EditHolder['ask']>>> {
    const item = context.edit && this.find(context.edit.id);
    if (item === undefined) return resolve?.(context);
    item.state = 'conflicted';
    this.#tell();
    try {
      return await this.#questions.ask(item, context, resolve);
    } finally {
      item.state = 'sending';
      this.#tell();
    }
  }

  retry(item: Item): void {
    if (item.isOut || item.isOver || item.isApart || this.#closing.aborted) return;
    item.stopWaiting();
    // A person has seen what is there.
    if (item.state === 'in-doubt' || item.state === 'conflicted') item.untold = 'make';
    item.state = 'waiting';
    item.renew();
    this.#tell();
    this.pump();
  }

  /** Those that wait for a server are tried at once. */
  hurry(): void {
    for (const item of this.#items) item.stopWaiting();
    this.pump();
  }

  giveUp(item: Item, reason: unknown): void {
    if (item.isOver) return;
    for (const other of takeFromUnder(this.#items, item)) this.#write(other);
    this.#end(item);
    item.controller.abort(reason);
    item.held.hide();
    item.reject(reason);
    this.pump();
  }

  pump(): void {
    if (!this.isReady || this.isPaused || this.#closing.aborted) return;
    clearTimeout(this.#offline);
    if (globalThis.navigator?.onLine === false && this.#items.length > 0)
      this.#offline = setTimeout(() => this.pump(), LOOK);
    else for (const item of sendable(this.#items)) this.#send(item);
  }

  async #storeFirst(item: Item): Promise<void> {
    await this.#write(item);
    item.isStored = true;
    if (this.#closing.aborted) item.reject(new ClosedError(item.held.stored.url));
    else this.pump();
    this.#leave();
  }

  /** Others may send what this client has left, once nothing of it is on its way any more. */
  #leave(): void {
    if (this.#closing.aborted && this.#items.every((item) => !item.isOut && item.isStored)) this.#tabs.free();
  }

  #add(item: Item): void {
    item.isFirst = item.isRestored && !this.isReady;
    this.#items = [...this.#items, item].sort(byAge);
    if (!item.isApart) item.held.show();
    this.#tell();
  }

  #send(item: Item): void {
    item.isOut = true;
    item.isLookedFor = item.doubts.length > 0;
    item.state = 'sending';
    item.controller = new AbortController();
    const { doubts, keys, untold, controller } = item;
    const isAsked = item.conflict !== undefined;
    this.#tell();
    const ended = (end: () => void): void => {
      item.isOut = false;
      if (!item.isOver) end();
      this.pump();
      this.#leave();
    };
    item.held.send({ doubts, keys, untold, isAsked }, controller.signal).then(
      (result) =>
        ended(() => {
          this.#end(item);
          item.resolve(result);
        }),
      (error: unknown) => ended(() => this.#fail(item, error)),
    );
  }

  #fail(item: Item, error: unknown): void {
    if (item.isCalledBack(error)) {
      item.state = 'waiting';
      if (this.#closing.aborted) item.reject(new ClosedError(item.held.stored.url));
      return this.#tell();
    }
    item.error = error instanceof Error ? error : new Error(String(error), { cause: error });
    const verdict = verdictOf(error);
    item.state = verdict === 'paused' ? 'waiting' : verdict;
    if (verdict === 'paused') this.isPaused = true;
    if (verdict === 'waiting' && !this.#closing.aborted) item.wait(() => this.pump());
    for (const other of behind(this.#items, item)) other.controller.abort(error);
    if (verdict === 'refused' || this.#closing.aborted) item.reject(error);
    // Also one that was met while another write of it was in doubt.
    const conflict = error instanceof InDoubtError ? error.cause : error;
    if (verdict === 'conflicted' && conflict instanceof ConflictError) this.#questions.meet(item, conflict);
    if (verdict === 'in-doubt' && error instanceof InDoubtError) this.#questions.meetDoubt(item, error);
    if (verdict === 'refused') this.#write(item);
    this.#tell();
  }

  /** It is saved, or given up: nothing of it is kept. */
  #end(item: Item): void {
    item.isOver = true;
    this.#questions.end(item);
    clearTimeout(item.timer);
    this.#items = this.#items.filter((other) => other !== item);
    this.#store.remove(item.id);
    this.#tell();
  }

  #write(item: Item): Promise<boolean> {
    return item.isOver ? Promise.resolve(true) : this.#store.write(item.id, item.stored());
  }

  /** Nothing that waits is given up: it is there for the next client. What is not stored yet ends when it is. */
  #close(): void {
    this.#store.stop();
    clearTimeout(this.#offline);
    for (const item of this.#items) {
      clearTimeout(item.timer);
      if (!item.isOut) this.#questions.end(item);
      if (!item.isOut && item.isStored) item.reject(new ClosedError(item.held.stored.url));
    }
    this.#leave();
  }
}
