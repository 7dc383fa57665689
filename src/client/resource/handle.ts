import type { Operation } from 'fast-json-patch';
import type { Draft, DraftOptions } from '../../contract/draft.js';
import type { DeepReadonly } from '../../contract/paths.js';
import type {
  CallOptions,
  CreateOptions,
  DeleteOptions,
  EditOptions,
  Resource,
  ResourceStatus,
} from '../../contract/resource.js';
import type { EditResult, Snapshot, UndoOptions } from '../../contract/snapshot.js';
import { assertJson, cloneJson, frozenCopy } from '../../core/assert-json.js';
import type { JsonValue } from '../../core/json.js';
import { isObject } from '../../core/json.js';
import type { Landing } from '../../engine/landing.js';
import type { ReadPort, State } from '../../engine/port.js';
import type { ResourceState } from '../../engine/resource/resource-state.js';
import type { ClientCore } from '../client-core.js';
import { openDraft } from '../draft/open-draft.js';
import { readResource } from '../http/read-resource.js';
import type { AnyResourceOptions } from '../options/client-options.js';
import { checkCall } from '../options/tables.js';
import type { AskedEdit } from '../write/submit.js';
import { firstRead, givenBase } from './base.js';
import { enter, inTurn } from './enter.js';
import { runRecipe } from './recipe.js';
import type { Way } from './way.js';
import { callWay, handleWay } from './way.js';

/** A {@link Resource}: types and options at the door, what is known of the resource behind it, and behind that the write chunk. */
export class ResourceHandle<T> implements Resource<T> {
  readonly url: string;
  readonly #core: ClientCore;
  readonly #target: URL;
  readonly #own: AnyResourceOptions;
  readonly #way: Way;
  readonly #resource: ResourceState;
  readonly #snapshots = new WeakMap<State, Snapshot<T>>();

  constructor(core: ClientCore, target: URL, own: AnyResourceOptions) {
    this.url = target.href;
    this.#core = core;
    this.#target = target;
    this.#own = own;
    this.#way = handleWay(core, target, own);
    this.#resource = this.#way.known.resource;
  }

  get snapshot(): Snapshot<T> | undefined {
    const { state } = this.#resource;
    return state === undefined ? undefined : this.#snapshotOf(state);
  }

  get value(): DeepReadonly<T> | undefined {
    return this.#resource.value as DeepReadonly<T> | undefined;
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
    const stops = [this.#resource.subscribe(listener), this.#core.watched.add(this.#way)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  async changed(version?: string): Promise<void> {
    this.#core.assertOpen(this.#target);
    const { changed } = await this.#core.chunks.live.load();
    await changed(this.#core, this.#way, version);
  }

  async get(options: CallOptions = {}): Promise<Snapshot<T>> {
    this.#core.assertOpen(this.#target);
    const way = this.#wayFor('get', options);
    const state = await this.#read(way, this.#core.signalOf(options.signal));
    way.known.handedOut.read();
    this.#core.prefetch();
    return this.#snapshotOf(state);
  }

  draft(options: DraftOptions<T> = {}): Draft<T> {
    this.#core.assertOpen(this.#target);
    return openDraft(this.#core, this.#way, this, options);
  }

  edit(recipe: (draft: T) => DeepReadonly<T> | void, options: EditOptions<T> = {}): Promise<EditResult<T>> {
    const run = (value: JsonValue): JsonValue => runRecipe((draft) => recipe(draft as T), value);
    const replay = options.strategy === 'replay' ? run : undefined;
    const edit = () => this.#update('edit', options, (base) => ({ local: run(base) }), { replay });
    return this.#core.during(this.#target, options, edit);
  }

  patch(operations: readonly Operation[], options: EditOptions<T> = {}): Promise<EditResult<T>> {
    return this.#patch(operations, options, false);
  }

  #patch(operations: readonly Operation[], options: EditOptions<T>, isUndo: boolean): Promise<EditResult<T>> {
    return this.#core.during(this.#target, options, () => {
      const list: unknown = operations;
      assertJson(list, `the patch for ${this.#resource.url}`);
      const copy: unknown = cloneJson(list);
      return this.#update('patch', options, () => ({ patch: copy as readonly Operation[] }), { isUndo });
    });
  }

  replace(value: DeepReadonly<T>, options: EditOptions<T> = {}): Promise<EditResult<T>> {
    return this.#core.during(this.#target, options, () => {
      assertJson(value, 'the value given to replace()');
      const local = frozenCopy(value, this.#resource.value);
      return this.#update('replace', options, () => ({ local }), {});
    });
  }

  create(value: DeepReadonly<T>, options: CreateOptions<T> = {}): Promise<EditResult<T>> {
    return this.#core.during(this.#target, options, () => {
      assertJson(value, 'the value given to create()');
      const local = frozenCopy(value, undefined);
      // Empty, and of the same kind, so that two creates merge member by member.
      const base: State = { value: isObject(local) ? {} : null, version: undefined };
      const edit = { kind: 'create', base, wanted: { local }, replay: undefined } as const;
      return this.#submit(this.#wayFor('create', options), options, edit);
    });
  }

  delete(options: DeleteOptions<T> = {}): Promise<void> {
    return this.#core.during(this.#target, options, async () => {
      const way = this.#wayFor('delete', options);
      const base = options.base === undefined ? undefined : givenBase(options.base, this.#target);
      const signal = this.#core.signalOf(options.signal);
      // What its caller sees now is what is to go, whatever comes before it is its turn.
      const { state, value, moves } = this.#resource;
      await inTurn(this.#core, way, { base: base?.value, local: undefined, signal }, (write) =>
        write.deleteResource(this.#core, way, { base, seen: { state, value, moves } }, options, signal),
      );
    });
  }

  #update(
    call: 'edit' | 'patch' | 'replace',
    options: EditOptions<T>,
    wantedOf: (base: JsonValue) => AskedEdit['wanted'],
    how: { readonly replay?: AskedEdit['replay']; readonly isUndo?: boolean },
  ): Promise<EditResult<T>> {
    const way = this.#wayFor(call, options);
    const { replay, isUndo = false } = how;
    const isGiven = call !== 'edit' && options.base === undefined;
    const submit = (base: State, spentMs: number): Promise<EditResult<T>> =>
      this.#submit(way, options, {
        kind: 'update',
        base,
        wanted: wantedOf(base.value),
        replay,
        isUndo,
        isGiven,
        spentMs,
      });
    // No await where there is a base: the edit shows at once.
    const base = this.#baseNow(options);
    if (base !== undefined) return submit(base, 0);
    this.#core.prefetch();
    const reading = firstRead(this.#core, way, {
      signal: this.#core.signalOf(options.signal, this.#core.unkept),
      read: (signal) => this.#read(way, signal),
      again: () => this.#update(call, options, wantedOf, how) as Promise<EditResult>,
    });
    return reading.then(({ read, spentMs }) => submit(this.#baseNow({}) ?? read, spentMs));
  }

  #submit(
    way: Way,
    options: EditOptions<T>,
    edit: Pick<AskedEdit, 'kind' | 'base' | 'wanted' | 'replay' | 'isUndo' | 'isGiven' | 'spentMs'>,
  ): Promise<EditResult<T>> {
    const by = options.origin === undefined ? {} : { origin: options.origin };
    const result = enter(this.#core, way, {
      ...edit,
      movesBefore: this.#resource.moves,
      signal: this.#core.signalOf(options.signal),
      combinable: options.base === undefined,
      isOfDraft: this.#core.isOfDraft(options),
      undo: (landed, landing, given) => this.#undo(landed, landing, { ...given, ...by }),
    });
    return result as Promise<EditResult<T>>;
  }

  #wayFor(call: Parameters<typeof checkCall>[0], options: EditOptions<T>): Way {
    checkCall(call, options);
    return callWay(this.#core, this.#target, this.#own, this.#way, options);
  }

  /** What an edit starts from: what a person sees now, or `undefined` when nothing is known yet. */
  #baseNow({ base }: EditOptions<T>): State | undefined {
    if (base !== undefined) return givenBase(base, this.#target);
    const { value, state, pending } = this.#resource;
    if (value === undefined) return undefined;
    return { value, version: pending.length === 0 ? state?.version : undefined };
  }

  #read({ wire, shared }: Way, signal: AbortSignal | undefined): Promise<State> {
    const port: ReadPort = { read: (reading) => readResource(wire, reading) };
    return this.#resource.read(port, this.#core.clock, signal, shared);
  }

  async #undo(
    landed: EditResult,
    landing: Landing,
    options: UndoOptions & Pick<EditOptions, 'origin'>,
  ): Promise<EditResult> {
    const { undone } = await this.#core.chunks.draft.load();
    // Every snapshot of this handle is of its own type; so is what it landed as.
    const base = landed as EditResult<T>;
    // Where the same was changed since, that stays.
    const own: EditOptions<T> = { ...options, base, resolve: () => 'remote' };
    const result: unknown = await this.#patch(undone(landing, landed, this.merge), own, true);
    return result as EditResult;
  }

  #snapshotOf(state: State): Snapshot<T> {
    const known = this.#snapshots.get(state);
    if (known !== undefined) return known;
    const snapshot = Object.freeze({ url: this.url, value: state.value as DeepReadonly<T>, version: state.version });
    this.#snapshots.set(state, snapshot);
    return snapshot;
  }
}
