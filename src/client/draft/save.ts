import type { ConflictAnswer, ConflictContext } from '../../contract/resolver.js';
import type { EditResult } from '../../contract/snapshot.js';
import type { JsonValue, Patch } from '../../core/json.js';
import { anySignal } from '../../engine/clock.js';
import { landingOf } from '../../engine/landing.js';
import { ConflictError } from '../../errors/index.js';
import { conflictOf, goneOf } from './draft-errors.js';
import type { AnySaveOptions, DraftHost, Owed, Sending } from './host.js';
import { nobody } from './host.js';
import { askAbout } from './open-question.js';
import { ownForm } from './typed/own-form.js';
import type { Screen } from './typed/screen.js';
import { Sent } from './typed/sent.js';
import type { Typed } from './typed/typed.js';
import { answered } from './typed/typed.js';

/** The draft a save is of. */
export interface Saving extends DraftHost {
  /** The same as `save()` of the draft. */
  save(options: AnySaveOptions): Promise<EditResult>;
}

/** What is lost with the page, of a save that is on its way or in doubt, or else of what was typed. */
export function owedOf(saving: Sent | undefined, sending: Sending | undefined): readonly Owed[] {
  return saving?.owed ?? (sending === undefined ? [] : [{ ...sending, isSent: false }]);
}

/** One save on its way. What is typed meanwhile is told to it. */
export class Save {
  /** Settles after the screen shows what became of it. */
  readonly outcome: Promise<EditResult>;
  readonly sent: Sent;
  readonly #host: Saving;
  readonly #screen: Screen;
  readonly #options: AnySaveOptions;
  readonly #controller = new AbortController();
  readonly #signal: AbortSignal;
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
    this.sent = new Sent(screen, host.merge, sending);
    const { base, patch, local } = sending;
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

  /** Somebody is asked. */
  get isAsking(): boolean {
    return this.#onTyped !== undefined;
  }

  /** Somebody gave it up. */
  get isAborted(): boolean {
    return this.#signal.aborted;
  }

  typed(patch: Patch): void {
    this.sent.typed(patch);
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
    const typed = (): Typed => this.sent.onScreen;
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
    const { onScreen } = this.sent;
    this.#screen.typed = answered(onScreen, made.local ?? onScreen.latest.value, merge);
    this.sent.again();
    this.#host.tell();
    return made.answer;
  }

  /** The engine found this on the server. */
  #meet(remote: JsonValue): void {
    const typed = this.sent.onScreen;
    if (typed.latest.value === remote) return;
    const { snapshot } = this.#host.resource;
    const latest =
      snapshot?.value === remote ? snapshot : { ...typed.latest, value: remote, version: snapshot?.version };
    this.#screen.typed = this.sent.found(latest);
  }

  #land(result: EditResult): void {
    const { url, value, version } = result;
    const { snapshot } = this.#host.resource;
    const latest =
      snapshot?.version === version && snapshot !== undefined ? snapshot : Object.freeze({ url, value, version });
    const landing = landingOf(result);
    const own = landing === undefined ? latest.value : ownForm(landing.target, landing.sent, latest.value);
    this.#screen.typed = this.sent.landed(latest, own);
  }

  #errorOf(cause: unknown): unknown {
    const typed = this.sent.onScreen;
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
