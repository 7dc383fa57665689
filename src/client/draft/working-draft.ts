import type { DraftStatus } from '../../contract/draft.js';
import type { EditResult, Snapshot } from '../../contract/snapshot.js';
import type { MergeConflict } from '../../core/conflict.js';
import { diff } from '../../core/diff/diff.js';
import type { JsonValue, Patch } from '../../core/json.js';
import { untilAborted } from '../../engine/clock.js';
import { ConflictError, EditError, InDoubtError } from '../../errors/index.js';
import { abortError, isGone } from './draft-errors.js';
import type { AnySaveOptions, DraftHost, Sending } from './host.js';
import { NO_CONFLICTS, nobody, nothing, nothingSent } from './host.js';
import type { Saving } from './save.js';
import { owedOf, Save } from './save.js';
import { History } from './typed/history.js';
import { Screen } from './typed/screen.js';
import { Sent } from './typed/sent.js';
import type { Typed } from './typed/typed.js';
import { typedOn, untouched } from './typed/typed.js';
import { Unasked } from './unasked.js';

/**
 * A draft at work. `Typed` says what was typed and on what; this says when it is sent and what becomes of it.
 *
 * ```text
 *            change                    save, autosave
 *  clean ─────────────▶ dirty ──────────────────────────▶ saving ─── landed ──▶ clean, or dirty by what was typed since
 *    ▲                   │  ▲                              │   ▲
 *    └──── discard ──────┘  │                      others' │   │ answer
 *                           │                      change  ▼   │
 *                           └── failed, dismissed ◀────── asked ──▶ (typing on changes what is asked)
 *                               (rests until a change, save() or the network)
 * ```
 */
export class WorkingDraft {
  readonly #host: Saving;
  readonly history: History = new History();
  readonly #unasked: Unasked;
  readonly #screen: Screen;
  #saving: Save | undefined;
  #error: Error | undefined;
  /** A save failed or a question was dismissed: nothing is sent unasked until something changes. */
  #rests = false;
  #isBeginning = true;
  /** A write may have landed: what the server shows next is looked at with that in mind. */
  #inDoubt: Sent | undefined;
  #closed: Promise<void> | undefined;

  /** What was worked on before this code was there, and what the changes made of it, one after the other. */
  constructor(host: DraftHost, base: Snapshot<JsonValue> | undefined, early: readonly JsonValue[]) {
    this.#host = { ...host, save: (options) => this.save(options) };
    this.#screen = new Screen(host, base, () => {
      this.#settle();
      host.tell();
    });
    this.#unasked = new Unasked(host, {
      save: () => this.#saveUnasked(),
      again: () => {
        if (this.conflicts.length === 0) this.#rests = false;
        this.#saveUnasked();
      },
      sendLast: () => this.#sendLast(),
    });
    // Nothing of others goes under it before all of it is there.
    for (const step of early) this.put(step, Number.NaN);
    this.#isBeginning = false;
  }

  /** What was typed, on the latest that is known. While a save is on its way nothing moves: its answer tells what is ours. */
  get typed(): Typed | undefined {
    if (this.#saving === undefined && !this.#isBeginning && this.#screen.follow(this.#inDoubt)) this.#followed();
    return this.#screen.typed;
  }

  /** Why the last save failed, as long as something is owed. */
  get error(): Error | undefined {
    return this.typed === undefined ? undefined : this.#error;
  }

  get status(): DraftStatus {
    const { typed } = this;
    if (isGone(this.#host.resource, this.error)) return 'gone';
    if (this.conflicts.length > 0 || this.#saving?.isAsking === true) return 'conflicted';
    if (this.#saving !== undefined) return 'saving';
    if (this.error !== undefined) return 'failed';
    if (typed === undefined) return 'empty';
    return typed.patch.length > 0 ? 'dirty' : 'clean';
  }

  get conflicts(): readonly MergeConflict[] {
    return this.typed?.conflicts ?? NO_CONFLICTS;
  }

  get patch(): Patch {
    return this.typed === undefined ? [] : this.#screen.patch;
  }

  /** The person made this of what is on the screen. `at`, in ms: changes soon after each other are one step; NaN is not soon after any. */
  put(next: JsonValue, at: number): void {
    const { typed } = this.#screen;
    if (typed === undefined) return;
    const patch = diff(typed.local, next, { merge: this.#host.merge });
    if (patch.length === 0) return;
    this.history.record(typed.local, patch, at, this.#host.merge);
    this.#take(typed, patch);
  }

  undo(): boolean {
    return this.#step((local) => this.history.undo(local, this.#host.merge));
  }

  redo(): boolean {
    return this.#step((local) => this.history.redo(local, this.#host.merge));
  }

  async save(options: AnySaveOptions = {}): Promise<EditResult> {
    const saving = this.#saving;
    if (saving !== undefined) {
      const { outcome } = saving;
      if (!saving.sent.hasMore && Object.keys(options).length === 0) return outcome;
      // What became of it is for who asked for it; this is about what was typed since.
      const over = outcome.then(nothing, nothing);
      await (options.signal === undefined ? over : untilAborted(over, options.signal));
      return this.save(options);
    }
    if (this.typed === undefined || this.#inDoubt !== undefined) {
      await this.#host.resource.get(options.signal === undefined ? {} : { signal: options.signal });
      // Moved on with that in mind.
      if (this.typed !== undefined) this.#inDoubt = undefined;
      return this.save(options);
    }
    const sending = this.#screen.toSend();
    if (sending !== undefined) return this.#send(sending, options);
    this.#error = undefined;
    this.#changed();
    return nothingSent(this.#screen.typed?.latest);
  }

  discard(): void {
    this.#screen.rest();
    const { typed } = this;
    this.#saving?.abort(abortError('The draft was discarded.'), true);
    this.#saving = undefined;
    this.history.clear();
    this.#error = undefined;
    this.#inDoubt = undefined;
    if (typed !== undefined) this.#screen.typed = untouched(typed.latest);
    this.#changed();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#screen.close();
    try {
      const saving = this.#saving;
      // Nobody is there any more to answer. What it did not come to is tried once more, and told.
      if (saving?.isAsking === true) saving.abort(abortError('The draft was closed.'), false);
      await saving?.outcome.then(nothing, nothing);
      if (this.#isOwed) await this.save({ resolve: nobody });
      else await saving?.outcome;
    } finally {
      this.#unasked.stop();
      this.#shelve({ error: this.error });
    }
  }

  get #isOwed(): boolean {
    return this.#host.autosave !== undefined && (this.typed?.patch.length ?? 0) > 0;
  }

  #step(take: (local: JsonValue) => Patch | undefined): boolean {
    const { typed } = this;
    const patch = typed && take(typed.local);
    if (typed === undefined || patch === undefined) return false;
    this.#take(typed, patch);
    return true;
  }

  #take(typed: Typed, patch: Patch): void {
    const next = typedOn(typed, patch, this.#host.merge);
    this.#screen.change(next);
    (this.#saving ?? this.#inDoubt)?.typed(patch);
    // Nothing is owed any more: what failed is of no interest.
    if (next.patch.length === 0 && this.#saving === undefined) this.#error = undefined;
    this.#rests = false;
    this.#changed(true);
  }

  #followed(): void {
    if (this.#inDoubt?.isSeen === true) this.#inDoubt = undefined;
    if (this.#screen.typed?.patch.length === 0) this.#error = undefined;
    if (this.#screen.isTyping) this.#screen.wait();
    else this.#settle();
  }

  /** Sets the clocks by where things stand, and tells. */
  #changed(isTyping = false): void {
    if (!isTyping) this.#shelve();
    if (this.#closed === undefined) this.#unasked.changed(this.#isOwed, !this.#rests && this.#saving === undefined);
    this.#screen.wait();
    this.#host.tell();
  }

  #saveUnasked(): void {
    // What it rejects with is in `error`.
    if (this.#isOwed && !this.#rests && this.#saving === undefined) this.save().catch(nothing);
    else this.#shelve();
  }

  #send(sending: Sending, options: AnySaveOptions): Promise<EditResult> {
    const saving = new Save(this.#host, this.#screen, sending, options, (error) => this.#over(saving, error));
    this.#saving = saving;
    this.#changed();
    return saving.outcome;
  }

  #over(saving: Save, error: unknown): void {
    this.#saving = undefined;
    if (error instanceof InDoubtError || saving.isAborted) this.#inDoubt = saving.sent;
    this.#rests = error !== undefined && (error instanceof ConflictError || !saving.sent.hasMore);
    this.#error = error instanceof Error && (error instanceof EditError || !saving.isAborted) ? error : undefined;
    this.#changed();
  }

  /** The server's own form takes the screen, where nobody types. */
  #settle(): void {
    if (this.#saving === undefined && this.#inDoubt === undefined) this.#screen.settle(this.history);
  }

  /** Where there is an outbox, it has what would be lost with the page. False: there is none. */
  #shelve(left?: { readonly error: unknown }): boolean {
    const sending = this.#isOwed ? this.#screen.toSend() : undefined;
    return this.#host.shelve(owedOf(this.#saving?.sent ?? this.#inDoubt, sending), left);
  }

  /** The page goes: one conditional write, which outlives it. */
  #sendLast(): void {
    if (this.#shelve() || (this.typed?.conflicts.length ?? 1) > 0) return;
    const sending = this.#screen.toSend();
    if (sending === undefined) return;
    // A page that is shown again finds out whether it arrived.
    if (this.#saving === undefined) this.#inDoubt = new Sent(this.#screen, this.#host.merge, sending);
    const seen = this.#host.sendLast(sending).then(() => this.#host.resource.get());
    seen.catch(nothing);
  }
}
