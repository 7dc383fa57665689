import type { EditEvent } from '../contract/events.js';
import type { EditResult } from '../contract/snapshot.js';
import type { JsonValue, Patch } from '../core/json.js';
import type { Pause } from './budget.js';
import { Budget } from './budget.js';
import type { Clock } from './clock.js';
import type { Refusal } from './decision.js';
import { NotLoaded } from './decision.js';
import type { Policy } from './policy.js';
import type { Accepted, PortWrite, ReadAnswer, ReadPort, ResourcePort, State, WriteAnswer } from './port.js';
import type { Edit } from './queue/edit.js';
import type { Doubt, EditInput } from './queue/edit-input.js';
import type { TabLock } from './queue/tab-lock.js';
import type { ResourceState } from './resource/resource-state.js';

/** What only a write that was not simply accepted needs, loaded when it is needed. */
export type ConflictCode = typeof import('./conflict/index.js');

/** What a batch works with. */
export interface BatchSetting {
  readonly resource: ResourceState;
  readonly clock: Clock;
  /** Aborts when the client is closed: open hooks end then. */
  readonly closing: AbortSignal;
  /** Keeps the other tabs of the origin from writing meanwhile. */
  readonly tabLock: TabLock;
  /** Queues an edit again whose conflict was answered after all. */
  readonly again: (input: EditInput) => Promise<EditResult>;
  readonly more: () => readonly Edit[];
  readonly conflict: () => Promise<ConflictCode>;
}

/** Edits that are sent together, and where they stand on their way: the write state. */
export class Batch {
  readonly resource: ResourceState;
  readonly port: ResourcePort;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly tabLock: TabLock;
  readonly budget: Budget;
  readonly setting: BatchSetting;
  #edits: readonly Edit[];
  #late: ReadonlySet<Edit> = new Set();
  /** What is sent. An update of what was deleted may become a create, and a create an update of what is there. */
  kind: EditInput['kind'];
  /** The state the next write is made against. */
  target: State;
  /** What was made last: which edits, as which patch, coming to which value. */
  sent: readonly Edit[] = [];
  patch: Patch = [];
  value: JsonValue;
  /** For idempotency: the same for identical bytes. */
  key = '';
  #keyed: State | undefined;
  /** What the client knew of the resource when the last write was sent. */
  known: State | undefined;
  inFlight = false;
  /** Writes that may have landed. A state that does not show one proves nothing (a replica may lag): only an accepted write ends a doubt. */
  doubts: readonly Doubt[];
  lastRefusal: Refusal | undefined;
  lock: Refusal | undefined; // Set while it is a lock that is waited for.
  formRefusal: Refusal | undefined; // The first of a form of writing: what is told when no other form does better.
  /** Answers that say that the server failed, or are none to a write; creates refused where nothing is there. */
  failures = 0;
  sawLate = false; // Since the last write that failed there was time for a replica to catch up.
  isUnsaved = false; // The version had not changed by then.
  obstacle: string | undefined; // What seems to keep the write from being accepted, in a sentence.
  /** Reads, and loads of code, that failed: they count as attempts do. */
  failedReads = 0;
  patient = false; // The second, patient read was made.
  sawWeak = false; // The first read after a refusal showed a weak tag.
  askedKey = ''; // The key under which the server was asked what became of a write.
  absent: State | undefined; // Where nothing was left to be taken out.
  resentStrong: State | undefined; // The version last written to again because its tag had grown strong: once for each.
  /** The state whose tag was tried without an ending that a gateway may have added. */
  triedBare: State | undefined;
  /** Edits to be sent again, each group by itself: their batch was refused for one of them. */
  apart: readonly (readonly Edit[])[] = [];

  constructor(edits: readonly [Edit, ...Edit[]], start: State, setting: BatchSetting) {
    const [{ input, used }] = edits;
    this.#edits = edits;
    this.policy = input.policy;
    this.kind = input.kind;
    this.resource = setting.resource;
    this.port = input.port;
    this.clock = setting.clock;
    this.tabLock = setting.tabLock;
    this.setting = setting;
    this.budget = new Budget(input.policy.retry, setting.clock, used);
    this.doubts = [...new Set(edits.flatMap((edit) => edit.doubts))];
    this.target = start;
    this.value = start.value;
  }

  /** The edits that have not ended and go on in this batch. */
  get live(): readonly Edit[] {
    const open = this.#edits.filter((edit) => !edit.settled);
    if (this.apart.length === 0) return open;
    const apart = new Set(this.apart.flat());
    return open.filter((edit) => !apart.has(edit));
  }

  /** Those that came when the batch was on its way: its time and attempts are not theirs. */
  get late(): readonly Edit[] {
    return this.live.filter((edit) => this.#late.has(edit));
  }

  /** Takes along what waits and can come: one rebase, one question, one write. Never while a write is in doubt: its bytes stay what they are. */
  board(): void {
    if (this.kind !== 'update' || this.doubts.length > 0) return;
    const more = this.setting.more();
    if (more.length === 0) return;
    this.#late = new Set([...this.#late, ...more]);
    this.#edits = [...this.#edits, ...more];
    for (const edit of more) edit.input.signal?.addEventListener('abort', this.onAbort);
  }

  readonly onAbort = (): void => {
    if (this.#edits.every((edit) => edit.settled)) this.budget.abort(this.#edits.at(-1)?.input.signal?.reason);
  };

  /** Hears every caller's signal until {@link close}. */
  open(): void {
    for (const { input } of this.#edits) input.signal?.addEventListener('abort', this.onAbort);
  }

  close(): void {
    for (const edit of this.apart.flat()) edit.used ??= this.budget.spent;
    for (const { input } of this.#edits) input.signal?.removeEventListener('abort', this.onAbort);
    this.budget.close();
    this.tabLock.leave();
  }

  /** @throws NotLoaded */
  async conflictCode(): Promise<ConflictCode> {
    try {
      return await this.setting.conflict();
    } catch (cause) {
      throw new NotLoaded('', { cause });
    }
  }

  emit(event: EditEvent): void {
    for (const edit of this.live) edit.tell(event);
  }

  /** Sends a write for the edits in it, within the budget: not every fetch listens to its signal. */
  ask(write: PortWrite, onHead?: (head: Accepted) => void): Promise<WriteAnswer> {
    const edits = this.sent.map(({ input }) => input.id);
    const answer = this.budget.until(this.port.write(write, { signal: this.budget.signal, edits, onHead }));
    return answer.finally(() => this.resource.reads.leave()); // What was asked before tells nobody who asks after it.
  }

  /** Reads the resource now, told to listeners. */
  async look(plain = false): Promise<ReadAnswer> {
    const edits = this.#edits.map(({ input }) => input.id);
    const read: ReadPort['read'] = (waiting) => this.port.read({ ...waiting, edits });
    const answer = await this.resource.refetch({ read }, this.budget.signal, plain);
    if (answer.kind === 'found') this.tellRefetch(answer.state, false);
    return answer;
  }

  tellRefetch({ version }: State, fromConflictBody: boolean): void {
    this.emit({ type: 'refetch', attempt: this.budget.attempts, fromConflictBody, version });
  }

  isSame(a: State, b: State): boolean {
    return this.resource.isSameState(a, b);
  }

  /** Other bytes are about to be sent: they get a key that no other bytes had. `same`: of a delete, which is other bytes where its precondition is. */
  takeKey(same?: State): void {
    const [first] = this.sent;
    const isKeyed = same !== undefined && this.#keyed !== undefined && same.version === this.#keyed.version;
    if (first === undefined || isKeyed) return;
    this.#keyed = same;
    first.keys.taken += 1;
    this.key = `${first.input.id}-${first.keys.taken}`;
  }

  /** A write that holds these edits is on its way, or what became of it is not known yet. */
  setInFlight(inFlight: boolean): void {
    this.inFlight = inFlight;
    for (const edit of this.sent) edit.inFlight = inFlight;
  }

  /** Tells of a wait and waits. `mayShrink`: sooner does too, where the deadline is near. */
  async wait({ ms: asked, reason }: Pause, mayShrink: boolean = reason === 'backoff'): Promise<void> {
    const ms = mayShrink ? this.budget.within(asked) : asked;
    this.emit({ type: 'wait', attempt: this.budget.attempts, ms, reason });
    // It may be long, and is not about who writes first.
    if (reason !== 'backoff') this.tabLock.leave();
    await this.budget.wait(ms);
  }
}
