import type { ConflictAnswer, ConflictContext } from '../../contract/resolver.js';
import type { EditResult, Snapshot } from '../../contract/snapshot.js';
import type { JsonValue, Patch } from '../../core/json.js';
import { landingOf } from '../../engine/landing.js';
import { ConflictError } from '../../errors/index.js';
import { anySignal } from '../any-signal.js';
import { conflictOf, goneOf } from './draft-errors.js';
import type { AnySaveOptions, DraftHost, Owed, Sending } from './host.js';
import { nobody } from './host.js';
import { askAbout } from './open-question.js';
import { isSimilar, ownForm } from './own-form.js';
import type { Screen } from './screen.js';
import type { Change, Typed } from './typed.js';
import { added, answered, mine, movedTo, saved, untouched } from './typed.js';

/** The draft a save is of. */
export interface Saving extends DraftHost {
  /** The same as `save()` of the draft. */
  save(options: AnySaveOptions): Promise<EditResult>;
}

/** What is lost with the page, of a save that is on its way or in doubt, or else of what was typed. */
export function owedOf(saving: Save | undefined, sending: Sending | undefined): readonly Owed[] {
  return saving?.owed ?? (sending === undefined ? [] : [{ ...sending, isSent: false }]);
}

/** One save on its way. What is typed meanwhile is told to it. */
export class Save {
  /** Settles after the screen shows what became of it. */
  readonly outcome: Promise<EditResult>;
  readonly #host: Saving;
  readonly #screen: Screen;
  readonly #options: AnySaveOptions;
  readonly #sending: Sending;
  readonly #controller = new AbortController();
  readonly #signal: AbortSignal;
  /** What was on the screen when it was sent. */
  #sent: Typed;
  /** What was typed since it was sent, or answered. */
  #since: Change;
  #onTyped: (() => void) | undefined;
  /** What nobody was there to be asked about. */
  #unasked: ConflictContext | undefined;
  #isOver = false;

  /** @param onOver Called before `outcome` settles; `error` as it is told to the caller. */
  constructor(
    host: Saving,
    screen: Screen,
    sending: Sending,
    options: AnySaveOptions,
    onOver: (error?: unknown) => void,
  ) {
    this.#host = host;
    this.#screen = screen;
    this.#options = options;
    this.#sending = sending;
    const { base, patch, local } = sending;
    this.#sent = screen.typed ?? untouched(base);
    this.#since = { from: this.#sent.local, patch: [] };
    this.#signal = anySignal(this.#controller.signal, options.signal) ?? this.#controller.signal;
    const resolve = (context: ConflictContext): Promise<ConflictAnswer> => this.#resolve(context);
    const own = { ...options, base, signal: this.#signal, resolve };
    host.allow(own);
    // One that replaces the whole was found by comparing, and is to be merged part by part.
    const isWhole = patch.some(({ path }) => path === '');
    const { resource } = host;
    const sent = isWhole ? resource.replace(local, own) : resource.patch(patch, own);
    this.outcome = sent.then(
      (result) => {
        if (!this.#isOver) {
          this.#isOver = true;
          this.#land(result);
          onOver();
        }
        return result;
      },
      (cause: unknown) => {
        const error = this.#errorOf(cause);
        if (!this.#isOver) {
          this.#isOver = true;
          onOver(error);
        }
        throw error;
      },
    );
    // It is in the draft's `error` as well: nobody need await it.
    this.outcome.catch(() => {});
  }

  /** There is always something on the screen by now. */
  get #typed(): Typed {
    return this.#screen.typed ?? this.#sent;
  }

  /** Somebody is asked. */
  get isAsking(): boolean {
    return this.#onTyped !== undefined;
  }

  /** Somebody gave it up. */
  get isAborted(): boolean {
    return this.#signal.aborted;
  }

  get hasMore(): boolean {
    return this.#since.patch.length > 0;
  }

  /** What is lost with the page: what was sent, and what was typed since. */
  get owed(): readonly Owed[] {
    const { base, patch } = this.#sending;
    const sent = { base, patch, isSent: true };
    if (!this.hasMore) return [sent];
    return [sent, { base: { value: this.#since.from, version: undefined }, patch: this.#since.patch, isSent: false }];
  }

  typed(patch: Patch): void {
    this.#since = added(this.#since, patch);
    this.#onTyped?.();
  }

  /** Gives up. What is on the screen is no affair of this save any more. */
  abort(reason: unknown, isOver: boolean): void {
    this.#isOver ||= isOver;
    this.#controller.abort(reason);
  }

  async #resolve(context: ConflictContext): Promise<ConflictAnswer> {
    if (this.#isOver) return undefined;
    const { merge, resolve: configured } = this.#host;
    const typed = (): Typed => this.#typed;
    const resolve = this.#options.resolve ?? configured;
    const made = await askAbout(
      {
        merge,
        get typed() {
          return typed();
        },
        meet: (remote) => this.#meet(remote),
        setOnTyped: (listener) => {
          this.#onTyped = listener;
          this.#host.tell();
        },
      },
      resolve,
      context,
    );
    if (this.#isOver) return made?.answer;
    this.#unasked = made === undefined && (resolve === undefined || resolve === nobody) ? context : undefined;
    if (made === undefined) return undefined;
    const local = made.local ?? this.#typed.latest.value;
    this.#screen.typed = answered(this.#typed, local, merge);
    this.#sent = this.#typed;
    this.#since = { from: local, patch: [] };
    this.#host.tell();
    return made.answer;
  }

  /** The engine found this on the server. */
  #meet(remote: JsonValue): void {
    const typed = this.#typed;
    if (typed.latest.value === remote) return;
    const { snapshot } = this.#host.resource;
    const latest =
      snapshot?.value === remote ? snapshot : { ...typed.latest, value: remote, version: snapshot?.version };
    this.#screen.typed = this.found(latest);
  }

  /** What the screen shows where this was found after a write that may have landed: it goes under what was typed, or is what was sent. */
  found(latest: Snapshot<JsonValue>): Typed {
    const { merge } = this.#host;
    const { from, patch, local } = this.#sent;
    const own = ownForm(from, local, latest.value, isSimilar);
    const isThere = mine({ from, patch }, own, merge).patch.length === 0;
    return isThere ? saved(this.#typed, latest, own, this.#since, merge) : movedTo(this.#typed, latest, merge, true);
  }

  #land(result: EditResult): void {
    const { url, value, version } = result;
    const { merge, resource } = this.#host;
    const { snapshot } = resource;
    const latest =
      snapshot?.version === version && snapshot !== undefined ? snapshot : Object.freeze({ url, value, version });
    const landing = landingOf(result);
    const own = landing === undefined ? latest.value : ownForm(landing.target, landing.sent, latest.value);
    this.#screen.typed = saved(this.#typed, latest, own, this.#since, merge);
  }

  #errorOf(cause: unknown): unknown {
    const typed = this.#typed;
    if (!(cause instanceof ConflictError)) return cause;
    if (this.#unasked?.reason === 'gone') return goneOf(cause, typed);
    return conflictOf(cause, typed, (answer) => {
      let given = false;
      const resolve = (context: ConflictContext): ConflictAnswer | Promise<ConflictAnswer> => {
        if (given) return this.#host.resolve?.(context);
        given = true;
        return answer;
      };
      return this.#host.save({ resolve });
    });
  }
}
