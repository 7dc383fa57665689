import { getEventListeners } from 'node:events';
import type { EditResult } from '../../src/contract/snapshot.js';
import { diff } from '../../src/core/diff/diff.js';
import type { JsonValue } from '../../src/core/json.js';
import type { State } from '../../src/engine/port.js';
import type { DeleteRequest, EditInput, Intent } from '../../src/engine/queue/edit-input.js';
import { inputOfDelete } from '../../src/engine/queue/edit-input.js';
import { ConflictError } from '../../src/errors/conflict-error.js';
import { InDoubtError } from '../../src/errors/outcome-errors.js';
import { ClosedError } from '../../src/errors/usage-errors.js';
import { Desk } from './desk.js';
import type { Deed } from './document.js';
import { done, STRIKES, startDocument, strikeToken, tokenDeed, tokensOf } from './document.js';
import { afterthought } from './hooks.js';
import { below, pick } from './random.js';
import type { Filed, Outcome } from './records.js';
import { Enough, kindOfError, kindOfResult } from './records.js';
import type { Stage } from './stage.js';

/** ms of virtual time in which an abort ends anything. */
const AT_ONCE = 50;

type OwnInput = Intent &
  Pick<EditInput, 'replay' | 'baseVersion' | 'combinable'> & { readonly kind: 'update' | 'create' };

/** One client with a queue for each resource. */
export class Actor {
  readonly #name: number;
  readonly #stage: Stage;
  readonly #desks: readonly [Desk, ...Desk[]];
  readonly #closing = new AbortController();
  readonly #signals = new Map<string, AbortSignal>();
  #open = 0;
  #running = true;
  #strikes = 0;

  constructor(name: number, stage: Stage) {
    this.#name = name;
    this.#stage = stage;
    const { signal } = this.#closing;
    const [first, ...others] = stage.servers.map((server, resource) => new Desk(stage, resource, server, signal));
    if (first === undefined) throw new Error('a schedule has a resource');
    this.#desks = [first, ...others];
  }

  get idle(): boolean {
    return !this.#running && this.#open === 0;
  }

  async run(): Promise<void> {
    const { random, clock, world } = this.#stage;
    if (world.closing) clock.after(below(random, 4_000), () => this.#closing.abort(new Error('closed')));
    const count = 1 + below(random, world.bursts ? 10 : 3);
    for (let index = 0; index < count; index += 1) {
      if (random() < (world.bursts ? 0.1 : 0.6)) await clock.wait(below(random, 500));
      if (this.#closing.signal.aborted) break;
      const desk = pick(random, this.#desks);
      const id = `c${this.#name}e${index}`;
      if (random() < 0.1) this.#read(desk);
      if (world.deleting && random() < 0.15) this.#delete(desk, id);
      else if (desk.resource.value !== undefined) this.#edit(desk, id, desk.resource.value);
      else if (random() < 0.7) this.#create(desk, id);
      else this.#read(desk);
    }
    this.#running = false;
  }

  /** After everything: nothing is left of it. */
  farewell(): void {
    const { broken } = this.#stage;
    for (const { resource } of this.#desks) {
      const { url, pending, value, state, status } = resource;
      const where = `client ${this.#name}, ${url}`;
      if (pending.length > 0) broken.push(`${where}: ${pending.length} edits are still pending`);
      if (value !== state?.value) broken.push(`${where}: what is seen is not the snapshot`);
      if (['saving', 'waiting', 'conflicted'].includes(status)) broken.push(`${where}: still ${status}`);
    }
    this.#checkListeners(this.#closing.signal, 'the client');
    for (const [id, signal] of this.#signals) this.#checkListeners(signal, id);
  }

  #read({ resource, port }: Desk): void {
    const { clock, engineClock } = this.#stage;
    const controller = new AbortController();
    const patience = clock.after(5_000, () => controller.abort(new Enough()));
    this.#open += 1;
    resource
      .read(port, engineClock, controller.signal, true)
      .catch(() => {})
      .finally(() => {
        patience();
        this.#open -= 1;
        this.#checkListeners(controller.signal, 'a read');
      });
  }

  #edit(desk: Desk, id: string, seen: JsonValue): void {
    const { random } = this.#stage;
    const { pending, state } = desk.resource;
    const deed = this.#deed(id, seen);
    const past = random() < 0.1 ? pastFor(deed, desk.shown[below(random, desk.shown.length)]) : undefined;
    const base = past?.value ?? seen;
    const intentOn = (value: JsonValue): Intent => {
      const local = done(value, deed);
      if (deed.kind === 'token' && deed.where === 0 && deed.at < 0.3) {
        return { base: value, local, patch: [{ op: 'add', path: '/plain/-', value: deed.token }], isDerived: false };
      }
      return { base: value, local, patch: diff(value, local), isDerived: true };
    };
    const replay = past === undefined && random() < 0.15 ? intentOn : undefined;
    const latest = pending.length === 0 ? state?.version : undefined;
    this.#submit(desk, id, deed, {
      ...intentOn(base),
      replay,
      baseVersion: past === undefined ? latest : past.version,
      kind: 'update',
      combinable: replay === undefined && past === undefined,
    });
  }

  #create(desk: Desk, id: string): void {
    const { random, world } = this.#stage;
    const deed = tokenDeed(id, random);
    const local = done(startDocument(world.clients), deed);
    const intent = { base: {}, local, patch: diff({}, local), isDerived: true };
    const rest = { replay: undefined, baseVersion: undefined, kind: 'create', combinable: false } as const;
    this.#submit(desk, id, deed, { ...intent, ...rest });
  }

  #submit(desk: Desk, id: string, deed: Deed, own: OwnInput): void {
    const { queue, resource, port, place } = desk;
    const { world, random, broken } = this.#stage;
    desk.note(id, deed);
    const creating = own.kind === 'create';
    const endings: string[] = [];
    const follow = this.#follow({ id, actor: this.#name, resource: place, deed, creating });
    const { signal } = follow;
    const promise = queue.enter({
      ...own,
      id,
      port,
      policy: world.policy,
      movesBefore: resource.moves,
      signal,
      emit({ type }) {
        if (endings.length > 0) broken.push(`${id} told of ${type} after ${endings.join()}`);
        if (type === 'accepted' || type === 'rejected') endings.push(type);
      },
    });
    const last = promise.catch((error: unknown) => {
      const open = error instanceof InDoubtError ? error.cause : error;
      if (!(open instanceof ConflictError && world.afterthoughts)) throw error;
      endings.length = 0;
      // That the client was closed meanwhile says nothing about a write that may have landed before.
      return open.retry(afterthought(open, random)).catch((late: unknown) => {
        throw late instanceof ClosedError ? error : late;
      });
    });
    follow.watch(last, (result) => ({ kind: kindOfResult(result, creating), result }));
  }

  #delete({ queue, resource, port, place }: Desk, id: string): void {
    const { random, world } = this.#stage;
    const onStale = pick<DeleteRequest['onStale']>(random, ['error', 'delete', 'keep']);
    const base = random() < 0.5 ? resource.state : undefined;
    const version = onStale === 'delete' ? undefined : base?.version;
    const deed = { kind: 'delete', version } as const;
    const follow = this.#follow({ id, actor: this.#name, resource: place, deed, creating: false });
    const { signal } = follow;
    const removed = queue.enter(
      inputOfDelete(resource, { id, base, onStale, port, policy: world.policy, signal, emit: () => {} }),
    );
    follow.watch(removed, ({ version }) => ({
      kind: version === undefined ? 'accepted' : 'let-go',
      result: undefined,
    }));
  }

  /** Keeps book of one deed; some callers lose their patience. */
  #follow(filed: Filed) {
    const { random, clock, world, outcomes, broken } = this.#stage;
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Enough();
    let abortedAt: number | undefined;
    const { resolver, release, temper, policy } = world;
    const endless = policy.retry.hookDeadline === Number.POSITIVE_INFINITY && [resolver, release].includes('never');
    const impatient = endless || temper === 'silent' || random() < 0.1;
    const patience = impatient
      ? clock.after(below(random, 1_500), () => {
          abortedAt = clock.now();
          controller.abort(reason);
        })
      : () => {};
    this.#stage.filed.push(filed);
    this.#signals.set(filed.id, signal);
    this.#open += 1;
    const end = (kind: Outcome['kind'], error: unknown, result: EditResult | undefined): void => {
      patience();
      this.#open -= 1;
      outcomes.push({ ...filed, kind, error, result });
      if (abortedAt !== undefined && clock.now() > abortedAt + AT_ONCE) broken.push(`${filed.id} outlived its abort`);
      if (error instanceof Enough && error !== reason) broken.push(`${filed.id} was given another's reason`);
    };
    const watch = <T>(
      work: Promise<T>,
      outcomeOf: (result: T) => { readonly kind: Outcome['kind']; readonly result: EditResult | undefined },
    ): void => {
      work.then(
        (value) => {
          const { kind, result } = outcomeOf(value);
          end(kind, undefined, result);
        },
        (error: unknown) => end(kindOfError(error), error, undefined),
      );
    };
    return { signal, watch };
  }

  #checkListeners(signal: AbortSignal, whose: string): void {
    const left = getEventListeners(signal, 'abort').length;
    if (left > 0) this.#stage.broken.push(`${left} listeners are left on the signal of ${whose}`);
  }

  #deed(id: string, base: JsonValue): Deed {
    const { random, world, nextCount } = this.#stage;
    const chance = random();
    if (chance < 0.08) return { kind: 'forbidden', token: id };
    if (chance < 0.16) return { kind: 'title', token: id };
    if (!world.deleting && chance < 0.28) return { kind: 'count', by: nextCount() };
    // Equal appends of two clients cannot be told apart (rules 11 and 27 of the rebase): only one client makes them.
    if (!world.deleting && chance < 0.4 && this.#name === 0) return { kind: 'log' };
    if (!world.deleting && chance < 0.5 && this.#strikes < STRIKES) {
      const token = strikeToken(this.#name, this.#strikes);
      this.#strikes += 1;
      if (tokensOf(base).has(token)) return { kind: 'strike', token };
    }
    return tokenDeed(id, random);
  }
}

/** A state from before, where the deed can be done on it. An old list of equal values tells nothing: its append may be made already. */
function pastFor(deed: Deed, state: State | undefined): State | undefined {
  if (deed.kind === 'log' || (deed.kind === 'strike' && !tokensOf(state?.value).has(deed.token))) return undefined;
  return state;
}
