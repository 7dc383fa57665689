import type { Chunk } from '../../client/outbox/door.js';
import type {
  ConflictAnswer,
  ConflictContext,
  ConflictDesk,
  ConflictError,
  ConflictResolver,
  InDoubtError,
  MergeConflict,
  Patch,
  SavedConflict,
} from '../../exports.js';
import { DiscardedError } from '../../exports.js';
import type { Item } from './item.js';

/** What a conflict that nobody else is asked about waits with: fetched with the first one. */
export type DeskChunk = Chunk<typeof import('../desk.js')>;

/** What becomes of an entry by its conflict. */
interface Answering {
  /** Something to be shown or stored has changed. */
  changed(item: Item): void;
  /** It is to be made again: the answer is there. */
  again(item: Item): Item['promise'];
  giveUp(item: Item, reason: unknown): void;
}

/** The conflicts of entries: each is a session, on the desk of whoever is asked or else on one of its own, and is stored with its entry. */
export class Questions {
  readonly #isClosed: () => boolean;
  readonly #answering: Answering;
  readonly #desk: DeskChunk;
  #own: ConflictDesk | undefined;

  constructor(desk: DeskChunk, isClosed: () => boolean, answering: Answering) {
    this.#desk = desk;
    this.#isClosed = isClosed;
    this.#answering = answering;
  }

  /** Asks for an entry's edit: its session, or whoever is configured. */
  async ask(
    item: Item,
    context: ConflictContext<unknown>,
    resolve: ConflictResolver<unknown> | undefined,
  ): Promise<ConflictAnswer<unknown>> {
    const desk = item.desk ?? deskOf(resolve);
    if (desk === undefined) return resolve?.(context);
    // What was chosen before the edit failed for another reason.
    if (item.session === undefined && item.conflict !== undefined) await this.revive(item, item.conflict);
    const answer = desk(context);
    this.#watch(item, desk);
    return answer;
  }

  /** Nobody has answered: the conflict waits as a session. */
  meet(item: Item, error: ConflictError): Promise<void> {
    // What is deleted is either deleted or not: there is nothing to merge.
    if (item.session !== undefined || item.held.stored.kind === 'delete') return Promise.resolve();
    return this.revive(item, savedFrom(item, error));
  }

  /**
   * Nothing shows whether a write arrived. Where others have changed all of its places since, a person can choose between what is there
   * and what was typed, whichever came of it: a conflict.
   */
  async meetDoubt(item: Item, error: InDoubtError): Promise<void> {
    const { stored } = item.held;
    const { remote } = error.edit;
    if (stored.kind !== 'update' || remote === undefined) return;
    const saved = savedFrom(item, { url: error.url, remote });
    const conflicts = await this.#conflictsOf(item, saved);
    const isTold = ({ path }: Patch[number]): boolean =>
      conflicts.some(({ basePath }) => `${path}/`.startsWith(`${basePath}/`));
    if (item.state !== 'in-doubt' || item.isOver || !stored.patch.every(isTold)) return;
    item.state = 'conflicted';
    await this.revive(item, saved);
  }

  /** Puts a stored conflict back. Where the code for that cannot be fetched, the entry waits without a session. */
  async revive(item: Item, saved: SavedConflict): Promise<void> {
    const { held } = item;
    try {
      const { openDesk, reviveOn } = await this.#desk.load();
      this.#own ??= openDesk();
      const desk = item.desk ?? deskOf(held.resolve) ?? this.#own;
      // Another client may have the entry by then, and its session the desk.
      if (item.isOver || item.session !== undefined || this.#isClosed()) return;
      const pending = { id: held.stored.editId, again: () => this.#answering.again(item) };
      reviveOn(desk, saved, held.handle(), { pending });
      this.#watch(item, desk);
    } catch (error) {
      item.error = error instanceof Error ? error : new Error(String(error));
      this.#answering.changed(item);
    }
  }

  /** Nothing is to be answered any more: it leaves the desk. */
  end({ session }: Item): void {
    if (session?.getSnapshot().status === 'open') session.abort();
  }

  async #conflictsOf({ held }: Item, saved: SavedConflict): Promise<readonly MergeConflict[]> {
    try {
      const { revive } = await this.#desk.load();
      return revive(saved, held.handle(), {}).getSnapshot().conflicts;
    } catch {
      // Without that code, or with a rule that fails, it stays in doubt.
      return [];
    }
  }

  #watch(item: Item, desk: ConflictDesk): void {
    const session = desk.sessions.find(({ id }) => id === item.held.stored.editId);
    if (session === undefined || session === item.session) return;
    item.session = session;
    item.desk = desk;
    const keep = (): void => {
      item.conflict = session.toJSON();
      this.#answering.changed(item);
    };
    keep();
    const leave = session.subscribe(() => {
      const { status } = session.getSnapshot();
      if (status === 'open') return keep();
      if (status === 'submitting') return;
      leave();
      item.session = undefined;
      // What was chosen is for whoever comes after this client.
      if (this.#isClosed()) return;
      // What was chosen is asked for again where the edit has failed for another reason.
      if (status !== 'failed') item.conflict = undefined;
      // While the engine asks, it ends the edit itself.
      if (status === 'discarded' && !item.isOut) {
        this.#answering.giveUp(item, new DiscardedError(item.held.stored.url));
      } else {
        this.#answering.changed(item);
      }
    });
  }
}

function deskOf(resolve: ConflictResolver<unknown> | undefined): ConflictDesk | undefined {
  return resolve !== undefined && 'sessions' in resolve ? (resolve as ConflictDesk) : undefined;
}

function savedFrom({ held }: Item, { url, remote }: Pick<ConflictError, 'url' | 'remote'>): SavedConflict {
  const { kind, base, version, local, patch, derived } = held.stored;
  const reason = remote === undefined ? 'gone' : kind === 'create' ? 'exists' : 'stale';
  return {
    format: 1,
    reason,
    url,
    local,
    answers: [],
    ...(kind === 'create' ? {} : { base }),
    ...(version === undefined ? {} : { version }),
    ...(derived ? {} : { patch }),
    ...(remote === undefined ? {} : { remote }),
  };
}
