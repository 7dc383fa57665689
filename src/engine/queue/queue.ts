import type { ResourceStatus } from '../../contract/resource.js';
import type { EditResult } from '../../contract/snapshot.js';
import { forms } from '../../core/form-of.js';
import { ClosedError } from '../../errors/usage-errors.js';
import type { ConflictCode } from '../batch.js';
import { Batch } from '../batch.js';
import type { Clock } from '../clock.js';
import { save } from '../loop.js';
import type { State } from '../port.js';
import type { Pending } from '../resource/pending-edits.js';
import type { ResourceState } from '../resource/resource-state.js';
import type { EditHost } from './edit.js';
import { deadlock, Edit, notCreated } from './edit.js';
import type { EditInput } from './edit-input.js';
import type { TabLocks } from './tab-lock.js';
import { TabLock } from './tab-lock.js';

/** What a client's queues share. */
export interface Surroundings {
  readonly clock: Clock;
  /** Aborts when the client is closed. */
  readonly closing: AbortSignal;
  /** Undefined: no other tabs write. */
  readonly locks: TabLocks | undefined;
  /** What only a conflict needs, or loads it. Asked again where that fails. */
  readonly conflict: () => ConflictCode | Promise<ConflictCode>;
}

/** An edit that waits, and whom it can travel with: those that name the same company. */
interface Waiting {
  readonly edit: Edit;
  readonly group: object;
}

/** The group of every edit without options of its own. */
const ANYBODY = {};

const BUSY: ReadonlySet<ResourceStatus> = new Set(['saving', 'waiting', 'conflicted']);

/** One resource's edits through one client: one write at a time, those that wait combined into one, none waiting for another resource. */
export class Queue {
  readonly resource: ResourceState;
  readonly #around: Surroundings;
  readonly #host: EditHost;
  #waiting: Waiting[] = [];
  /** Edits that have not ended. */
  #open = 0;
  #lastLanded = true;
  #working: Promise<void> | undefined;
  #coming: Promise<ConflictCode> | undefined;

  constructor(resource: ResourceState, around: Surroundings) {
    this.resource = resource;
    resource.forms = forms;
    this.#around = around;
    this.#host = {
      resource,
      clock: around.clock,
      onSettled: (landed) => this.#onSettled(landed),
      // It shows as it was made until somebody can tell.
      onto: (edit, value) => this.#loadedCode()?.onto(edit, value),
    };
  }

  /** Resolves when nothing is queued any more. */
  async settled(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  /**
   * Queues an edit. Its own promise tells what becomes of it; of a delete that kept a newer state, the result has that one's version.
   *
   * @param shown What shows for it already: its edit takes that one's place.
   */
  enter(input: EditInput, shown?: Pending): Promise<EditResult> {
    const { resource } = this;
    const edit = new Edit(input, this.#host);
    if (resource.isAsking()) return Promise.reject(deadlock(resource.url, edit));
    this.#open += 1;
    if (input.kind === 'create') edit.promise.catch((error: unknown) => this.#failBehind(edit, error));
    else if (input.baseVersion === undefined) edit.behind = this.#creating();
    input.emit({ type: 'queued', kind: input.kind, operations: input.patch.length, origin: input.policy.origin });
    edit.leaveOnAbort();
    // It may be needed soon.
    this.#loadedCode();
    // First it waits, then it shows: whoever hears of it may want to take it along.
    if (!edit.settled) this.#enqueue({ edit, group: input.combinable ? ANYBODY : {} });
    if (!edit.settled && input.kind !== 'delete') resource.show(edit, shown);
    else if (shown !== undefined) resource.hide(shown);
    return edit.promise;
  }

  /** The create that is pending, if one is. */
  #creating(): Edit | undefined {
    return this.resource.pending.find((entry) => entry instanceof Edit && entry.input.kind === 'create') as
      | Edit
      | undefined;
  }

  /** What was made on a create that has failed fails with it. */
  #failBehind(create: Edit, cause: unknown): void {
    for (const { edit } of [...this.#waiting]) {
      if (edit.behind !== create || edit.input.kind === 'delete') continue;
      const error = notCreated(this.resource.url, edit, cause);
      if (error !== undefined) edit.reject(error);
    }
  }

  #again(input: EditInput): Promise<EditResult> {
    if (this.#around.closing.aborted) return Promise.reject(new ClosedError(this.resource.url));
    return input.keeper?.again(input) ?? this.enter(input);
  }

  #enqueue(waiting: Waiting): void {
    this.#waiting.push(waiting);
    // A turn of the event loop later, so that edits made together are sent together. Each edit brings a link of its own: where a
    // runtime ends what belongs to another request (Cloudflare Workers), none depends on what another has started.
    const link: Promise<void> = (this.#working ?? Promise.resolve()).then(async () => {
      await this.#workOn(waiting.edit);
      // In the same breath in which nothing was left: who comes a moment later must start anew.
      if (this.#working === link) this.#working = undefined;
    });
    this.#working = link;
  }

  /** Saves what waits before an edit, and the edit itself, unless it has been taken along. */
  async #workOn(edit: Edit): Promise<void> {
    while (this.#waiting.some((waiting) => waiting.edit === edit)) {
      const [head] = this.#waiting;
      if (head === undefined) return;
      const [first, ...others] = this.#take(head.group, head.edit);
      if (first !== undefined) await this.#save([first, ...others], head.group);
    }
  }

  /** Takes the edits at the head that can travel with this one. */
  #take(group: object, { input: { port, policy, kind } }: Edit): Edit[] {
    const canCome = ({ edit: { input }, group: own }: Waiting): boolean =>
      own === group && input.kind === kind && input.port === port && input.policy === policy;
    const end = this.#waiting.findIndex((waiting) => !canCome(waiting));
    const taken = this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
    return taken.map(({ edit }) => edit).filter((edit) => !edit.settled);
  }

  async #save(edits: readonly [Edit, ...Edit[]], group: object): Promise<void> {
    const [first] = edits;
    const { resource } = this;
    const { clock, closing, locks } = this.#around;
    const batch = new Batch(edits, this.#startOf(first), {
      resource,
      clock,
      closing,
      tabLock: new TabLock(locks, resource.url, clock),
      conflict: async () => this.#around.conflict(),
      again: (input) => this.#again(input),
      more: () => this.#take(group, first),
    });
    resource.setStatus('saving');
    await save(batch);
    const apart = batch.apart.map((row) => ({ row, group: {} }));
    const queued = [...apart, { row: batch.late, group }].flatMap(({ row, group: own }) =>
      row.filter((edit) => !edit.settled).map((edit) => ({ edit, group: own })),
    );
    this.#waiting.unshift(...queued);
    this.#rest();
  }

  /**
   * The state the first write is made against: the latest known, unless the edit was made from one that is not known here. Where a write of
   * ours has landed since then, what is known is newer.
   */
  #startOf(edit: Edit): State {
    const { base: value, baseVersion: version, isAssumed = false, kind, findTarget } = edit.input;
    if (kind === 'delete') {
      edit.target = findTarget?.();
      return edit.target ?? { value: null, version: undefined };
    }
    // What is read next is its server's own form of it, and no news.
    if (isAssumed && this.resource.state === undefined) this.resource.keep({ value, version, isAssumed }, true);
    const { state } = this.resource;
    const unknownHere = version !== undefined && state?.version !== version && !this.resource.leftBehind(version);
    const isFrom = unknownHere && edit.ownSince.length === 0;
    return state === undefined || kind === 'create' || isFrom ? { value, version } : state;
  }

  /** What only a conflict needs, if it is there; else it is asked for, and who watches is told when it has come. */
  #loadedCode(): ConflictCode | undefined {
    const code = this.#around.conflict();
    if (!(code instanceof Promise)) return code;
    if (this.#coming !== code) {
      this.#coming = code;
      // Where it fails, whoever needs it asks again.
      code.then(
        () => this.resource.tell(),
        () => {},
      );
    }
    return undefined;
  }

  #onSettled(landed: boolean): void {
    this.#lastLanded = landed;
    this.#open -= 1;
    if (this.#open === 0 && this.resource.status !== 'gone') this.resource.setStatus(landed ? 'idle' : 'failed');
    this.resource.tell();
  }

  /** A batch that was left by all its edits may still have told what it was at. */
  #rest(): void {
    if (this.#open === 0 && BUSY.has(this.resource.status))
      this.resource.setStatus(this.#lastLanded ? 'idle' : 'failed');
  }
}

/** Where a client brings its edits if they are to outlive the page: an outbox. */
export interface Keeping {
  /** Keeps an edit and has it queued when its turn has come. @param shown What shows for it already. */
  keep(queue: Queue, url: URL, input: EditInput, shown: Pending | undefined): Promise<EditResult>;
  /** The client has closed, its drafts too: others may take over what is left. */
  closed(): void;
  /** A place for what a draft owes. It is not sent while the draft is open: whoever comes after it does that. */
  shelf(): Shelf;
}

/** Stores edits in the place of those before. `left`: whoever had them is gone, and they are kept like any others, for why they are not saved yet. */
export type Shelf = (queue: Queue, url: URL, edits: readonly OwedEdit[], left?: Left) => void;

/** Why what is left is not saved yet: what the last try met. */
export interface Left {
  readonly error: unknown;
}

/** An edit that somebody else sends. `isSent`: it is on its way, and may have arrived. */
export interface OwedEdit {
  readonly input: EditInput;
  readonly isSent: boolean;
}
