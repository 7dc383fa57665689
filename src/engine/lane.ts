import type { EditEvent } from '../contract/events.js';
import type { ResourceStatus } from '../contract/resource.js';
import type { EditResult } from '../contract/snapshot.js';
import type { JsonValue } from '../core/json.js';
import { ClosedError } from '../errors/usage-errors.js';
import type { Spent } from './budget.js';
import { Budget } from './budget.js';
import type { Clock } from './clock.js';
import type { EditInput } from './edit.js';
import { Edit } from './edit.js';
import { leaveOnAbort } from './leave-on-abort.js';
import type { Policy } from './policy.js';
import type { ResourcePort, State } from './port.js';
import type { RemoveRequest } from './removal-turn.js';
import { removalTurn } from './removal-turn.js';
import { remove } from './remove.js';
import type { ResourceShelf } from './resource-shelf.js';
import type { Run } from './run.js';
import { save } from './save.js';
import type { TabLocks } from './tab-lock.js';
import { TabLock } from './tab-lock.js';
import { toDelete } from './to-delete.js';
import { withPending } from './view.js';

/** Something to be done to the resource, when its turn comes. */
type Turn = Boarding | { readonly work: () => Promise<void> };

/** An edit, and whom it can travel with: those that name the same company. */
interface Boarding {
  readonly edit: Edit;
  readonly company: object;
}

/** The company of every edit without options of its own. */
const ANYBODY = {};

const BUSY: ReadonlySet<ResourceStatus> = new Set(['saving', 'waiting', 'conflicted']);

/** What a client's lanes share. */
export interface Surroundings {
  readonly clock: Clock;
  /** Aborts when the client is closed. */
  readonly closing: AbortSignal;
  /** Undefined: no other tabs write. */
  readonly locks: TabLocks | undefined;
}

/** One resource's edits through one client: one write at a time, those that wait combined into one, none waiting for another resource. */
export class Lane {
  readonly url: string;
  readonly shelf: ResourceShelf;
  readonly #clock: Clock;
  readonly #closing: AbortSignal;
  readonly #locks: TabLocks | undefined;
  #waiting: Turn[] = [];
  #lastLanded = true;
  #aboard: readonly Edit[] = [];
  #pumping: Promise<void> | undefined;
  #seen:
    | { readonly state: State | undefined; readonly pending: readonly Edit[]; readonly value: JsonValue | undefined }
    | undefined;

  constructor(url: string, shelf: ResourceShelf, { clock, closing, locks }: Surroundings) {
    this.url = url;
    this.shelf = shelf;
    this.#clock = clock;
    this.#closing = closing;
    this.#locks = locks;
  }

  /** The latest state with every pending edit on top. The same object until one of them changes. */
  get value(): JsonValue | undefined {
    const { state } = this.shelf;
    const pending = this.pending;
    const last = this.#seen;
    if (last !== undefined && last.state === state && isSameList(last.pending, pending)) return last.value;
    const value = withPending(state?.value, pending);
    this.#seen = { state, pending, value };
    return value;
  }

  get pending(): readonly Edit[] {
    const waiting = this.#waiting.flatMap((turn) => ('edit' in turn ? [turn.edit] : []));
    return [...this.#aboard, ...waiting].filter((edit) => !edit.settled);
  }

  /** Puts an edit in the lane. Its own promise tells what becomes of it. */
  submit(input: EditInput): Promise<EditResult> {
    const edit = new Edit(input, (landed) => this.#onSettled(landed));
    input.emit({ type: 'queued', kind: input.creating ? 'create' : 'update', operations: input.patch.length });
    const { signal } = input;
    if (signal !== undefined) leaveOnAbort(edit, signal);
    if (!edit.settled) this.#enqueue({ edit, company: input.combinable ? ANYBODY : {} });
    return edit.promise;
  }

  /** Deletes one state of the resource, in its turn. False: a newer state was kept. */
  remove(request: RemoveRequest): Promise<boolean> {
    const target = toDelete(this.shelf, this.value, request.policy);
    const { promise, work } = removalTurn(request, this.#clock, async (signal, emit) => {
      try {
        return await this.#remove({ ...request, base: request.base ?? target() }, signal, emit);
      } catch (error) {
        if (this.shelf.status !== 'gone') this.shelf.setStatus('failed');
        throw error;
      }
    });
    if (work !== undefined) this.#enqueue({ work });
    return promise;
  }

  async #remove(request: RemoveRequest, signal: AbortSignal, emit: (event: EditEvent) => void): Promise<boolean> {
    const { id, onStale, policy } = request;
    const port = request.port.forEdits([id]);
    this.shelf.setStatus('saving');
    const { base, keys = { taken: 0 } } = request;
    const resume = async (state: State): Promise<void> => {
      if (this.#closing.aborted) throw new ClosedError(this.url);
      await this.remove({ ...request, keys, base: state });
    };
    const deleted = await remove(this.#run(port, policy, signal, emit), { id, keys, base, onStale }, resume);
    if (!deleted) this.shelf.setStatus('idle');
    return deleted;
  }

  /** Resolves when nothing is pending any more. */
  async settled(): Promise<void> {
    while (this.#pumping !== undefined) await this.#pumping;
  }

  #enqueue(turn: Turn): void {
    this.#waiting.push(turn);
    this.shelf.tell();
    // A turn of the event loop later, so that edits made together are sent together.
    this.#pumping ??= Promise.resolve().then(() => this.#pump());
  }

  async #pump(): Promise<void> {
    try {
      for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
        if ('edit' in next) await this.#sail(this.#board(next));
        else {
          this.#waiting.shift();
          await next.work();
        }
      }
    } finally {
      // In the same breath in which nothing was left: who comes a moment later must start the pump anew.
      this.#pumping = undefined;
    }
  }

  /** Takes the next edit and those behind it that can travel with it. */
  #board(first: Boarding): Edit[] {
    const aboard: Edit[] = [];
    const { port, policy } = first.edit.input;
    while (this.#waiting.length > 0) {
      const [next] = this.#waiting;
      if (next === undefined || !('edit' in next)) break;
      const { input } = next.edit;
      const together = next.company === first.company && input.port === port && input.policy === policy;
      if (next !== first && !together) break;
      this.#waiting.shift();
      if (!next.edit.settled) aboard.push(next.edit);
    }
    return aboard;
  }

  async #sail(edits: readonly Edit[]): Promise<void> {
    const [first] = edits;
    if (first === undefined) return;
    this.#aboard = edits;
    const { policy, creating } = first.input;
    const port = first.input.port.forEdits(edits.map((edit) => edit.input.id));
    const emit = (event: EditEvent): void => {
      for (const edit of edits) edit.tell(event);
    };
    const run = this.#run(port, policy, undefined, emit, first.used);
    const allLeft = (): void => {
      if (edits.every((edit) => edit.settled)) run.budget.abort(edits.at(-1)?.input.signal?.reason);
    };
    for (const edit of edits) edit.input.signal?.addEventListener('abort', allLeft);
    this.shelf.setStatus('saving');
    const apart = await save(run, edits, this.#startOf(first), creating);
    for (const edit of edits) edit.input.signal?.removeEventListener('abort', allLeft);
    this.#aboard = [];
    const groups = apart.map((group) => ({ group, company: {} }));
    this.#waiting.unshift(...groups.flatMap(({ group, company }) => group.map((edit) => ({ edit, company }))));
    this.#rest();
  }

  #onSettled(landed: boolean): void {
    this.#lastLanded = landed;
    if (this.pending.length === 0 && this.shelf.status !== 'gone') this.shelf.setStatus(landed ? 'idle' : 'failed');
    this.shelf.tell();
  }

  /** A pass that was left by all its edits may still have told what it was at. */
  #rest(): void {
    if (this.pending.length === 0 && BUSY.has(this.shelf.status))
      this.shelf.setStatus(this.#lastLanded ? 'idle' : 'failed');
  }

  #run(
    port: ResourcePort,
    policy: Policy,
    signal: AbortSignal | undefined,
    emit: (event: EditEvent) => void,
    spent?: Spent,
  ): Run {
    return {
      url: this.url,
      port,
      policy,
      emit,
      clock: this.#clock,
      shelf: this.shelf,
      closing: this.#closing,
      tabLock: new TabLock(this.#locks, this.url, this.#clock),
      budget: new Budget(policy.retry, this.#clock, signal, spent),
      again: (input) => this.#again(input),
    };
  }

  /** The state the first write is made against: the latest known, unless the edit was made from one that is not known here. */
  #startOf(edit: Edit): State {
    const { base: value, baseVersion: version, creating } = edit.input;
    const { state } = this.shelf;
    const unknownHere = version !== undefined && state?.version !== version && !this.shelf.leftBehind(version);
    return state === undefined || creating || unknownHere ? { value, version } : state;
  }

  #again(input: EditInput): Promise<EditResult> {
    return this.#closing.aborted ? Promise.reject(new ClosedError(this.url)) : this.submit(input);
  }
}

function isSameList(a: readonly Edit[], b: readonly Edit[]): boolean {
  return a.length === b.length && a.every((edit, index) => edit === b[index]);
}
