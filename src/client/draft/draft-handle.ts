import type { Draft, DraftStatus, SaveOptions } from '../../contract/draft.js';
import type { DeepReadonly } from '../../contract/paths.js';
import type { EditResult, Snapshot } from '../../contract/snapshot.js';
import { freezeJson } from '../../core/assert-json.js';
import type { MergeConflict } from '../../core/conflict.js';
import type { JsonValue, Patch, Pointer } from '../../core/json.js';
import { systemClock } from '../../engine/clock.js';
import { ClosedError } from '../../errors/usage-errors.js';
import type { Owing } from '../client-core.js';
import type { DraftHost } from './host.js';
import type { DraftTools } from './open-draft.js';
import { setAt } from './typed/set-at.js';
import { WorkingDraft } from './working-draft.js';

/** What a draft needs of the client besides its host. */
export interface DraftDoor extends Omit<DraftHost, 'tell' | 'owe'>, DraftTools {
  isClosed(): boolean;
  /** What `close()` of the client closes first. */
  readonly owing: Set<Owing>;
  observe(listener: () => void): void;
}

/** What an earlier draft was made from, and what it came to. */
export interface Kept {
  readonly base: Snapshot<JsonValue>;
  readonly value: JsonValue;
}

/** A {@link Draft}: types, listeners and the first read. What it does is in {@link WorkingDraft}. */
export class DraftHandle<T> implements Draft<T> {
  readonly #door: DraftDoor;
  readonly #listeners = new Set<() => void>();
  readonly #working: WorkingDraft;
  readonly ready: Promise<void>;
  #readError: Error | undefined;
  #closed: Promise<void> | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(door: DraftDoor, kept?: Kept) {
    this.#door = door;
    const { owing } = door;
    const owe = (isOwing: boolean): void => void (isOwing ? owing.add(this) : owing.delete(this));
    this.#working = new WorkingDraft({ ...door, tell: () => this.#tell(), owe }, kept?.base, kept ? [kept.value] : []);
    const reading = door.resource.snapshot === undefined ? this.#read() : Promise.resolve();
    // It is in `error` as well.
    reading.catch(() => {});
    this.ready = this.#working.typed === undefined ? reading : Promise.resolve();
  }

  get value(): DeepReadonly<T> | undefined {
    return this.#working.typed?.local as DeepReadonly<T> | undefined;
  }

  get base(): Snapshot<T> | undefined {
    return this.#working.typed?.base as Snapshot<T> | undefined;
  }

  get status(): DraftStatus {
    const { status } = this.#working;
    return status === 'empty' && this.#readError !== undefined ? 'failed' : status;
  }

  get error(): Error | undefined {
    return this.#working.error ?? (this.value === undefined ? this.#readError : undefined);
  }

  get conflicts(): readonly MergeConflict[] {
    return this.#working.conflicts;
  }

  get patch(): Patch {
    return this.#working.patch;
  }

  get canUndo(): boolean {
    return this.#working.history.canUndo;
  }

  get canRedo(): boolean {
    return this.#working.history.canRedo;
  }

  change(recipe: (draft: T) => DeepReadonly<T> | void): void {
    this.#put((value) => this.#door.runRecipe((draft) => recipe(draft as T), value));
  }

  set(path: Pointer, value: JsonValue): void {
    this.#put((document) => setAt(document, path, value, this.#door.resource.url));
  }

  async save(options: SaveOptions<T> = {}): Promise<EditResult<T>> {
    this.#assertOpen();
    const saved = await this.#working.save(options as SaveOptions<JsonValue>);
    return saved as EditResult<T>;
  }

  discard(): void {
    this.#working.discard();
  }

  undo(): boolean {
    this.#assertOpen();
    return this.#working.undo();
  }

  redo(): boolean {
    this.#assertOpen();
    return this.#working.redo();
  }

  subscribe(listener: () => void): () => void {
    const entry = (): void => listener();
    this.#listeners.add(entry);
    this.#unsubscribe ??= this.#door.resource.subscribe(() => this.#tell());
    return () => {
      this.#listeners.delete(entry);
      if (this.#listeners.size > 0) return;
      this.#unsubscribe?.();
      this.#unsubscribe = undefined;
    };
  }

  close(): Promise<void> {
    this.#closed ??= this.#working.close();
    return this.#closed;
  }

  #put(make: (value: JsonValue) => JsonValue): void {
    this.#assertOpen();
    const value = this.#working.typed?.local;
    if (value === undefined) throw this.#door.notYet(this.#door.resource.url);
    this.#working.put(freezeJson(make(value)), systemClock.now());
  }

  #assertOpen(): void {
    if (this.#closed !== undefined || this.#door.isClosed()) throw new ClosedError(this.#door.resource.url);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) this.#door.observe(listener);
  }

  async #read(): Promise<void> {
    try {
      await this.#door.resource.get();
    } catch (error) {
      this.#readError = error as Error;
      throw error;
    } finally {
      this.#tell();
    }
  }
}
