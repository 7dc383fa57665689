import type { Draft, DraftStatus, SaveOptions } from '../../contract/draft.js';
import type { DeepReadonly } from '../../contract/paths.js';
import type { EditResult, Snapshot } from '../../contract/snapshot.js';
import { assertJson, freezeJson } from '../../core/assert-json.js';
import type { MergeConflict } from '../../core/conflict.js';
import type { JsonValue, Patch, Pointer } from '../../core/json.js';
import { ClosedError, MissingBaseError } from '../../errors/usage-errors.js';
import type { Owing } from '../client-core.js';
import { runRecipe } from '../resource/recipe.js';
import type { DraftHost } from './host.js';
import { NO_CONFLICTS } from './host.js';
import { setAt } from './set-at.js';
import type { WorkingDraft } from './working-draft.js';

type DraftCode = typeof import('./index.js');

/** What a draft needs of the client besides its host. */
export interface DraftDoor extends Omit<DraftHost, 'tell' | 'owe'> {
  readonly load: () => Promise<DraftCode>;
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

/**
 * A {@link Draft}, as a first page loads it: it shows what is typed, and remembers it until the rest of its code is there to work with it.
 */
export class LateDraft<T> implements Draft<T> {
  readonly #door: DraftDoor;
  readonly #listeners = new Set<() => void>();
  #working: WorkingDraft | undefined;
  #loading: Promise<WorkingDraft> | undefined;
  /** Before its code is there: what was worked on, what the changes made of it, and how many of them are not taken back. */
  #base: Snapshot<JsonValue> | undefined;
  #steps: readonly JsonValue[] = [];
  #at = 0;
  #readError: Error | undefined;
  #closed: Promise<void> | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(door: DraftDoor, kept?: Kept) {
    this.#door = door;
    if (kept !== undefined) {
      this.#base = kept.base;
      this.#steps = [kept.value];
      this.#at = 1;
    }
    const { resource } = door;
    this.#load().catch(() => {});
    if (resource.snapshot === undefined && resource.status !== 'gone') this.#read();
  }

  get value(): DeepReadonly<T> | undefined {
    return this.#local as DeepReadonly<T> | undefined;
  }

  get base(): Snapshot<T> | undefined {
    const base = this.#working === undefined ? (this.#base ?? this.#door.resource.snapshot) : this.#working.typed?.base;
    return base as Snapshot<T> | undefined;
  }

  get status(): DraftStatus {
    const working = this.#working?.status ?? this.#earlyStatus;
    return working === 'empty' && this.#readError !== undefined ? 'failed' : working;
  }

  get error(): Error | undefined {
    return this.#working?.error ?? (this.#local === undefined ? this.#readError : undefined);
  }

  get conflicts(): readonly MergeConflict[] {
    return this.#working?.conflicts ?? NO_CONFLICTS;
  }

  get patch(): Patch {
    return this.#working?.patch ?? [];
  }

  get canUndo(): boolean {
    return this.#working?.history.canUndo ?? this.#at > 0;
  }

  get canRedo(): boolean {
    return this.#working?.history.canRedo ?? this.#at < this.#steps.length;
  }

  change(recipe: (draft: T) => DeepReadonly<T> | void): void {
    this.#put((value) => runRecipe((draft) => recipe(draft as T), value));
  }

  set(path: Pointer, value: JsonValue): void {
    assertJson(value, `the value given to set("${path}")`);
    this.#put((document) => setAt(document, path, value, this.#door.resource.url));
  }

  async save(options: SaveOptions<T> = {}): Promise<EditResult<T>> {
    this.#assertOpen();
    const working = this.#working ?? (await this.#load());
    const saved = await working.save(options as SaveOptions<JsonValue>);
    return saved as EditResult<T>;
  }

  discard(): void {
    this.#working?.discard();
    if (this.#working === undefined) this.#early([], 0);
  }

  undo(): boolean {
    this.#assertOpen();
    if (this.#working !== undefined) return this.#working.undo();
    return this.#at > 0 && this.#early(this.#steps, this.#at - 1);
  }

  redo(): boolean {
    this.#assertOpen();
    if (this.#working !== undefined) return this.#working.redo();
    return this.#at < this.#steps.length && this.#early(this.#steps, this.#at + 1);
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
    this.#closed ??= this.#steps.length === 0 && this.#working === undefined ? Promise.resolve() : this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const working = this.#working ?? (await this.#load());
    await working.close();
  }

  get #local(): JsonValue | undefined {
    if (this.#working !== undefined) return this.#working.typed?.local;
    return this.#at > 0 ? this.#steps[this.#at - 1] : (this.#base ?? this.#door.resource.snapshot)?.value;
  }

  get #earlyStatus(): DraftStatus {
    if (this.#door.resource.status === 'gone') return 'gone';
    return this.#local === undefined ? 'empty' : this.#at > 0 ? 'dirty' : 'clean';
  }

  #put(make: (value: JsonValue) => JsonValue): void {
    this.#assertOpen();
    const value = this.#local;
    const { url } = this.#door.resource;
    if (value === undefined)
      throw new MissingBaseError(
        `The draft of ${url} cannot be changed before its first read. Wait until \`value\` is there.`,
        { url },
      );
    const next = freezeJson(make(value));
    if (this.#working !== undefined) this.#working.put(next, Date.now());
    else {
      this.#base ??= this.#door.resource.snapshot;
      this.#early([...this.#steps.slice(0, this.#at), next], this.#at + 1);
      this.#load().catch(() => {});
    }
  }

  #early(steps: readonly JsonValue[], at: number): true {
    this.#steps = steps;
    this.#at = at;
    if (steps.length === 0) this.#base = undefined;
    this.#tell();
    return true;
  }

  #assertOpen(): void {
    if (this.#closed !== undefined || this.#door.isClosed()) throw new ClosedError(this.#door.resource.url);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) this.#door.observe(listener);
  }

  #read(): void {
    this.#door.resource.get().then(
      () => {
        this.#readError = undefined;
        this.#tell();
      },
      (error: Error) => {
        this.#readError = error;
        this.#tell();
      },
    );
  }

  /** Asked for again where it did not come. */
  #load(): Promise<WorkingDraft> {
    this.#loading ??= this.#door.load().then(
      (code) => this.#begin(code),
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }

  /** The code is there: what was done until now is done with it. */
  #begin({ WorkingDraft }: DraftCode): WorkingDraft {
    const { owing } = this.#door;
    const working = new WorkingDraft(
      {
        ...this.#door,
        tell: () => this.#tell(),
        owe: (isOwing) => void (isOwing ? owing.add(this) : owing.delete(this)),
      },
      this.#base,
      this.#steps,
    );
    for (let at = this.#steps.length; at > this.#at; at--) working.undo();
    this.#working = working;
    this.#tell();
    return working;
  }
}
