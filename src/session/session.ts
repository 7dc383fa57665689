import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ConflictSession, SavedConflict, SessionSnapshot, SessionStatus } from '../contract/conflict-session.js';
import type { EditResult } from '../contract/snapshot.js';
import type { MergeConflict, Resolution } from '../core/conflict.js';
import { InvalidOptionsError } from '../core/errors.js';
import type { Pointer } from '../core/json.js';
import { observe } from '../engine/emitter.js';
import { issuesOf } from '../engine/issues-of.js';
import type { Choices } from './choices.js';
import { assertResolution, conflictAt, holding, newIn, withChoice, withoutChoice } from './choices.js';
import type { Namer } from './label.js';
import type { Line } from './line.js';
import type { Question } from './question.js';
import { invalidPreview } from './question.js';
import { report } from './report.js';
import { snapshotOf } from './snapshot-of.js';

const OVER: readonly SessionStatus[] = ['saved', 'discarded', 'aborted', 'failed'];

/** A {@link ConflictSession}: the question, what was chosen, and the line to the edit that waits for it. */
export class Session implements ConflictSession {
  readonly id: string;
  readonly #namer: Namer;
  readonly #listeners = new Set<() => void>();
  #question: Question;
  #line: Line;
  #status: SessionStatus = 'open';
  #choices: Choices;
  #past: Choices[] = [];
  #changed: ReadonlySet<Pointer> = new Set();
  #issues: readonly StandardSchemaV1.Issue[] | undefined;
  #result: EditResult | undefined;
  #error: unknown;
  /** How it will have ended when the edit has: what was asked for last. */
  #ending: SessionStatus = 'saved';
  #snapshot: SessionSnapshot | undefined;

  constructor(id: string, question: Question, choices: Choices, line: Line, namer: Namer) {
    this.id = id;
    this.#question = question;
    this.#choices = choices;
    this.#line = line;
    this.#namer = namer;
    this.#watch(line);
  }

  getSnapshot(): SessionSnapshot {
    this.#snapshot ??= snapshotOf({
      question: this.#question,
      status: this.#status,
      chosen: this.#chosen(),
      changed: this.#changed,
      issues: this.#issues,
      canUndo: this.#past.length > 0,
      result: this.#result,
      error: this.#error,
      namer: this.#namer,
    });
    return this.#snapshot;
  }

  subscribe(listener: () => void): () => void {
    const entry = (): void => listener();
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  choose(path: Pointer, resolution: Resolution): void {
    this.#assertOpen();
    const conflict = conflictAt(this.#question.conflicts, path);
    assertResolution(resolution);
    this.#take(withChoice(this.#choices, conflict, resolution), [conflict]);
  }

  chooseAll(resolution: Resolution): void {
    this.#assertOpen();
    assertResolution(resolution);
    const { conflicts } = this.#question;
    const choices = conflicts.reduce((made, conflict) => withChoice(made, conflict, resolution), this.#choices);
    this.#take(choices, conflicts);
  }

  undo(path?: Pointer): void {
    this.#assertOpen();
    if (path !== undefined) {
      this.#take(withoutChoice(this.#choices, conflictAt(this.#question.conflicts, path)), []);
      return;
    }
    const before = this.#past.pop();
    if (before === undefined) return;
    this.#choices = before;
    this.#issues = undefined;
    this.#tell();
  }

  async validate(): Promise<readonly StandardSchemaV1.Issue[]> {
    const { schema } = this.#question;
    const { preview } = this.getSnapshot();
    const issues = preview === undefined ? [] : await issuesOf(schema, preview);
    // Something else may have been chosen while the schema was at work.
    if (this.getSnapshot().preview === preview) {
      this.#issues = issues;
      this.#tell();
    }
    return issues;
  }

  async refresh(): Promise<void> {
    this.#assertOpen();
    const line = this.#line;
    const question = await line.latest();
    if (this.#status === 'open' && this.#line === line) this.#adopt(question);
  }

  submit(): Promise<EditResult> {
    return quiet(this.#submit());
  }

  async #submit(): Promise<EditResult> {
    this.#assertOpen();
    const { ready, open } = this.getSnapshot();
    if (!ready) {
      throw new InvalidOptionsError(
        `${open === 1 ? '1 conflict is' : `${open} conflicts are`} still open. Choose for each, then submit.`,
        { option: 'resolution', url: this.#question.url },
      );
    }
    this.#become('submitting');
    const issues = await this.validate();
    if (issues.length > 0) {
      this.#become('open');
      throw invalidPreview(this.#question, issues);
    }
    this.#ending = 'saved';
    return this.#line.settle(this.#chosen());
  }

  discard(): Promise<void> {
    return quiet(this.#discard());
  }

  async #discard(): Promise<void> {
    this.#assertOpen();
    this.#ending = 'discarded';
    this.#become('submitting');
    await this.#line.discard();
  }

  abort(): void {
    this.#assertOpen();
    this.#ending = 'aborted';
    this.#become('submitting');
    this.#line.abort();
  }

  toJSON(): SavedConflict {
    const { reason, url, base, local, remote, patch, version } = this.#question;
    return {
      format: 1,
      reason,
      url,
      ...(base === undefined ? {} : { base }),
      ...(version === undefined ? {} : { version }),
      local,
      ...(patch === undefined ? {} : { patch }),
      ...(remote === undefined ? {} : { remote }),
      answers: [...this.#choices.values()],
    };
  }

  /** The engine puts a question again. What is answered already is answered at once; else the session is open again. */
  meet(question: Question, line: Line): void {
    this.#line = line;
    this.#watch(line);
    this.#adopt(question);
    if (this.#status !== 'submitting') return;
    if (this.#ending === 'discarded') quiet(line.discard());
    else if (this.getSnapshot().ready) quiet(line.settle(this.#chosen()));
    else this.#become('open');
  }

  #watch(line: Line): void {
    line.watch?.((question) => this.#line === line && this.#status === 'open' && this.#adopt(question));
  }

  #adopt(question: Question): void {
    if (question === this.#question) return;
    const news = newIn(question.conflicts, this.#question.conflicts);
    this.#question = question;
    this.#changed = new Set([...this.#changed, ...news]);
    this.#issues = undefined;
    this.#tell();
  }

  /** The edit has ended. */
  end(outcome: { readonly result: EditResult } | { readonly error: unknown } | undefined): void {
    if (OVER.includes(this.#status)) return;
    if (outcome !== undefined && 'error' in outcome) {
      // Who gave up while nothing was chosen is the edit's caller.
      this.#ending = this.#status === 'open' || this.#ending === 'aborted' ? 'aborted' : 'failed';
      this.#error = outcome.error;
    } else {
      this.#result = outcome?.result;
    }
    this.#become(this.#ending);
  }

  get over(): boolean {
    return OVER.includes(this.#status);
  }

  #chosen(): Record<Pointer, Resolution> {
    return holding(this.#choices, this.#question.conflicts);
  }

  #take(choices: Choices, seen: readonly MergeConflict[]): void {
    this.#past.push(this.#choices);
    this.#choices = choices;
    this.#changed = new Set([...this.#changed].filter((path) => !seen.some(({ basePath }) => basePath === path)));
    this.#issues = undefined;
    this.#tell();
  }

  #become(status: SessionStatus): void {
    this.#status = status;
    this.#tell();
  }

  #assertOpen(): void {
    if (this.#status === 'open') return;
    throw new InvalidOptionsError(`This session is not open any more: it is ${this.#status}.`, {
      option: 'session',
      url: this.#question.url,
    });
  }

  #tell(): void {
    this.#snapshot = undefined;
    for (const listener of [...this.#listeners]) observe(listener, report);
  }
}

/** It need not be awaited: what it rejects with is in the snapshot as well, and with the edit's caller. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
