import type { Operation } from 'fast-json-patch';
import type { Draft, DraftOptions } from '../contract/draft.js';
import type {
  CallOptions,
  CreateOptions,
  DeleteOptions,
  EditOptions,
  Resource,
  ResourceStatus,
} from '../contract/resource.js';
import type { EditResult, Snapshot, UndoOptions } from '../contract/snapshot.js';
import { assertJson, cloneJson, isFrozenJson } from '../core/assert-json.js';
import { diff } from '../core/diff.js';
import { InvalidOptionsError } from '../core/errors.js';
import type { JsonValue } from '../core/json.js';
import type { Intent } from '../engine/edit.js';
import { emptyLike } from '../engine/edit.js';
import type { Landing } from '../engine/landing.js';
import type { State } from '../engine/port.js';
import type { Queue } from '../engine/queue.js';
import { assertWritable } from '../engine/read-only.js';
import type { ResourceState } from '../engine/resource-state.js';
import type { ClientCore } from './client-core.js';
import { loadDraftCode } from './draft/load.js';
import { openDraft } from './draft/open-draft.js';
import type { Way } from './handle-way.js';
import { callWay, handleWay } from './handle-way.js';
import type { AnyResourceOptions } from './options/client-options.js';
import { randomId } from './random-id.js';
import { patchIntent } from './write/patch-intent.js';
import { runRecipe } from './write/recipe.js';

/** A {@link Resource}: types and options at the door, the queue behind it. */
export class ResourceHandle<T> implements Resource<T> {
  readonly url: string;
  readonly #core: ClientCore;
  readonly #target: URL;
  readonly #own: AnyResourceOptions;
  readonly #way: Way;
  readonly #queue: Queue;
  readonly #resource: ResourceState;
  readonly #snapshots = new WeakMap<State, Snapshot<T>>();

  constructor(core: ClientCore, target: URL, own: AnyResourceOptions) {
    this.url = target.href;
    this.#core = core;
    this.#target = target;
    this.#own = own;
    this.#way = handleWay(core, target, own);
    this.#queue = this.#way.queue;
    this.#resource = this.#queue.resource;
  }

  get snapshot(): Snapshot<T> | undefined {
    const { state } = this.#resource;
    return state === undefined ? undefined : this.#snapshotOf(state);
  }

  get value(): T | undefined {
    return this.#resource.value as T | undefined;
  }

  get status(): ResourceStatus {
    return this.#resource.status;
  }

  get merge(): Resource<T>['merge'] {
    return this.#way.policy.engine.merge;
  }

  get schema(): Resource<T>['schema'] {
    return this.#way.policy.engine.schema as Resource<T>['schema'];
  }

  subscribe(listener: () => void): () => void {
    return this.#resource.subscribe(listener);
  }

  async get(options: CallOptions = {}): Promise<Snapshot<T>> {
    this.#core.assertOpen(this.#target);
    const { port, shared } = this.#wayFor(options);
    const signal = this.#core.signalOf(options.signal);
    return this.#snapshotOf(await this.#resource.read(port, this.#core.clock, signal, shared));
  }

  draft(options: DraftOptions<T> = {}): Draft<T> {
    this.#core.assertOpen(this.#target);
    return openDraft(this.#core, this.#target, this.#way, this, options);
  }

  edit(recipe: (draft: T) => T | void, options: EditOptions<T> = {}): Promise<EditResult<T>> {
    return this.#core.during(this.#target, async () => {
      const way = this.#wayFor(options);
      const { merge, readonly } = way.policy.engine;
      const run = (value: JsonValue): Intent => runRecipe((draft) => recipe(draft as T), value, merge);
      const again = (value: JsonValue): Intent => {
        const intent = run(value);
        assertWritable(intent, readonly, this.#resource.url);
        return intent;
      };
      const replay = options.strategy === 'replay' ? again : undefined;
      // No await before the recipe when there is a base: the edit shows at once.
      const base = this.#baseNow(options) ?? (await this.#baseRead(options));
      return this.#submit(way, options, base, run, replay);
    });
  }

  patch(operations: readonly Operation[], options: EditOptions<T> = {}): Promise<EditResult<T>> {
    return this.#core.during(
      this.#target,
      async () => {
        this.#refuseReplay(options);
        const intent = patchIntent(operations, this.#resource.url);
        const base = this.#baseNow(options) ?? (await this.#baseRead(options));
        return this.#submit(this.#wayFor(options), options, base, intent);
      },
      options,
    );
  }

  replace(value: T, options: EditOptions<T> = {}): Promise<EditResult<T>> {
    return this.#core.during(
      this.#target,
      async () => {
        this.#refuseReplay(options);
        assertJson(value, 'the value given to replace()');
        const local = cloneJson(value);
        const way = this.#wayFor(options);
        const { merge } = way.policy.engine;
        const base = this.#baseNow(options) ?? (await this.#baseRead(options));
        return this.#submit(way, options, base, (from) => ({
          base: from,
          local,
          patch: diff(from, local, { merge }),
          isDerived: true,
        }));
      },
      options,
    );
  }

  create(value: T, options: CreateOptions<T> = {}): Promise<EditResult<T>> {
    return this.#core.during(this.#target, async () => {
      assertJson(value, 'the value given to create()');
      const local = cloneJson(value);
      const base: State = { value: emptyLike(local), version: undefined };
      const intent = (from: JsonValue): Intent => ({ base: from, local, patch: diff(from, local), isDerived: true });
      return this.#submit(this.#wayFor(options), options, base, intent, undefined, true);
    });
  }

  async delete(options: DeleteOptions<T> = {}): Promise<void> {
    this.#core.assertOpen(this.#target);
    const { policy, port } = this.#wayFor(options);
    const id = randomId();
    const base = options.base === undefined ? undefined : stateOf(options.base);
    const { onStale = 'error' } = options;
    const signal = this.#core.signalOf(options.signal);
    const emit = this.#core.emitterFor(this.#target, id);
    await this.#queue.delete({ id, base, onStale, port, policy: policy.engine, signal, emit });
  }

  #wayFor(options: EditOptions<T>): Way {
    return callWay(this.#core, this.#target, this.#own, this.#way, options);
  }

  /** What an edit starts from: what a person sees now, or `undefined` when nothing is known yet. */
  #baseNow({ base }: EditOptions<T>): State | undefined {
    if (base !== undefined) return stateOf(base);
    const { value, state, pending } = this.#resource;
    if (value === undefined) return undefined;
    return { value, version: pending.length === 0 ? state?.version : undefined };
  }

  async #baseRead(options: CallOptions): Promise<State> {
    const { port, shared } = this.#wayFor(options);
    const signal = this.#core.signalOf(options.signal);
    const read = await this.#resource.read(port, this.#core.clock, signal, shared);
    return this.#baseNow({}) ?? read;
  }

  #submit(
    way: Way,
    options: EditOptions<T>,
    base: State,
    intentOf: (base: JsonValue) => Intent,
    replay?: (value: JsonValue) => Intent,
    creating = false,
  ): Promise<EditResult<T>> {
    const { policy, port, shared } = way;
    const intent = intentOf(base.value);
    const { patch, local, isDerived = false } = intent;
    const id = randomId();
    const { moves } = this.#resource;
    const result = this.#queue.submit({
      base: intent.base,
      patch,
      local,
      isDerived,
      id,
      kind: creating ? 'create' : 'update',
      replay,
      port,
      policy: policy.engine,
      baseVersion: base.version,
      movesBefore: moves,
      undo: (landed, landing, given) => this.#undo(landed, landing, given),
      signal: this.#core.signalOf(options.signal),
      combinable: shared && options.base === undefined && replay === undefined && !creating,
      emit: this.#core.emitterFor(this.#target, id),
    });
    return result as Promise<EditResult<T>>;
  }

  async #undo(landed: EditResult, landing: Landing, options: UndoOptions | undefined): Promise<EditResult> {
    const { undone } = await loadDraftCode();
    // Every snapshot of this handle is of its own type; so is what it landed as.
    const base = landed as EditResult<T>;
    // Where others changed the same since, theirs stays.
    const own: EditOptions<T> = { ...options, base, resolve: () => 'remote' };
    const result: unknown = await this.patch(undone(landing, landed, this.merge), own);
    return result as EditResult;
  }

  #refuseReplay(options: EditOptions<T>): void {
    if (options.strategy !== 'replay') return;
    throw new InvalidOptionsError("strategy: 'replay' runs a recipe again, and only edit() has one.", {
      option: 'strategy',
      url: this.#resource.url,
    });
  }

  #snapshotOf(state: State): Snapshot<T> {
    const known = this.#snapshots.get(state);
    if (known !== undefined) return known;
    const snapshot = Object.freeze({ url: this.url, value: state.value as T, version: state.version });
    this.#snapshots.set(state, snapshot);
    return snapshot;
  }
}

function stateOf({ value, version }: Snapshot<unknown>): State {
  // What is frozen all the way down can be kept as it is, as every snapshot; whatever else a caller gives stays the caller's.
  assertJson(value, 'the value of `base`');
  return { value: isFrozenJson(value) ? value : cloneJson(value), version };
}
