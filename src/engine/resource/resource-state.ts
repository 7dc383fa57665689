import type { ResourceStatus } from '../../contract/resource.js';
import { freezeJson } from '../../core/assert-json.js';
import { deepEqual } from '../../core/deep-equal.js';
import type { Forms } from '../../core/form-of.js';
import type { JsonValue } from '../../core/json.js';
import type { VersionCodec } from '../../protocol/versions/version-scheme.js';
import { isSameVersion, withoutVersion } from '../../protocol/versions/version-scheme.js';
import type { Clock } from '../clock.js';
import { sleep } from '../clock.js';
import { Emitter } from '../emitter.js';
import type { ReadAnswer, ReadPort, State } from '../port.js';
import { OwnSteps } from './own-steps.js';
import type { Pending } from './pending-edits.js';
import { PendingEdits } from './pending-edits.js';
import { SeenVersions } from './seen-versions.js';
import { SingleFlight } from './single-flight.js';

/** ms. Apache's tags are weak for a second after a write, and most replicas catch up within one: a look later tells. */
export const PATIENCE = 1_200;

/** What one client knows of one resource: its latest state, the edits on top of it, the versions it has left, and who wants to hear of it. */
export class ResourceState {
  /** The URL as it may be shown. */
  readonly url: string;
  readonly codec: VersionCodec;
  /** The latest state known to be on the server. */
  state: State | undefined;
  status: ResourceStatus = 'empty';
  /** How this server's weak tags behave was asked; once is enough. */
  tagsAsked = false;
  /** A gateway adds endings to this server's tags (`-gzip`), which are left out. */
  addsEndings = false;
  /** Which scheme found no version when the server was read: another may find one. */
  versionless: VersionCodec | undefined;
  /** How often others have changed the resource, as far as seen. */
  moves = 0;
  /** Hears every new state; undefined: there is none any more. */
  onState: ((state: State | undefined) => void) | undefined;
  /** Whether who calls now is called by a hook of the user's that is open, as far as the platform tells. */
  isAsking: () => boolean = () => false;
  /** Given by the queue: without a write nothing is assumed that a server may keep in a form of its own. */
  forms: Forms | undefined;
  #movedTo: State | undefined; // The state that was counted as the last move.
  readonly edits: PendingEdits = new PendingEdits();
  readonly #seen: SeenVersions;
  readonly own: OwnSteps; // What our own writes made of it.
  readonly reads: SingleFlight<ReadAnswer> = new SingleFlight();
  readonly #listeners: Emitter<void>;

  constructor(url: string, codec: VersionCodec, onListenerError: (error: unknown) => void, clock: Clock) {
    this.url = url;
    this.codec = codec;
    const keyOf = (version: string): string => codec.key(this.#origins(version));
    this.#seen = new SeenVersions(keyOf, clock);
    this.own = new OwnSteps(keyOf);
    this.#listeners = new Emitter(onListenerError);
  }

  /** What a person should see now: the latest state with every pending edit on top. The same object until one of them changes. */
  get value(): JsonValue | undefined {
    return this.edits.on(this.state?.value);
  }

  get pending(): readonly Pending[] {
    return this.edits.list;
  }

  /** Shows an edit on top of the others; `instead`: in the place of this one. */
  show(entry: Pending, instead?: Pending): void {
    this.edits.add(entry, instead);
    this.tell();
  }

  /** Takes an edit out; those above it stay. */
  hide(entry: Pending): void {
    if (this.edits.remove([entry])) this.tell();
  }

  /** Takes edits out that have ended, and tells nobody yet: nobody may see one in the snapshot and once more on top of it. */
  hideQuietly(entries: readonly Pending[]): void {
    this.edits.remove(entries);
  }

  /**
   * A read for its own sake. Never takes the snapshot back to a version already left, unless the server still says so
   * after a while: content hashes do come back. It is not taken back over what our own write has just made.
   *
   * @param shared May share a read that is under way.
   * @throws What the port met: ky's errors as they are, UnreadableResponseError, or the signal's reason.
   */
  async read(port: ReadPort, clock: Clock, caller: AbortSignal | undefined, shared: boolean): Promise<State> {
    const signal = caller ?? new AbortController().signal;
    let answer = await this.#read(port, signal, false, !shared);
    if (answer.kind === 'found' && this.leftBehind(answer.state.version)) {
      const known = this.state;
      await sleep(clock, PATIENCE, signal);
      answer = await this.refetch(port, signal, false);
      // What was learnt meanwhile is newer than what a replica still says.
      const isLearnt = this.state !== known || this.#seen.areOld;
      if (answer.kind === 'found' && !isLearnt) this.keep(answer.state, false);
    }
    if (answer.kind === 'found') return this.state ?? answer.state;
    if (answer.kind === 'missing') this.lose();
    throw answer.error;
  }

  /** Reads now, never from an answer that was under way already, and remembers what it found. */
  refetch(port: ReadPort, signal: AbortSignal, plain: boolean): Promise<ReadAnswer> {
    return this.#read(port, signal, plain, true);
  }

  /** Whether others have changed the resource since an edit was made: from this version, or after so many moves. */
  movedSince(version: string | undefined, moves: number): boolean {
    const now = this.state?.version;
    if (version === undefined || now === undefined) return this.moves !== moves;
    return !this.isSameVersion(version, now);
  }

  isSameVersion(one: string | undefined, other: string | undefined): boolean {
    return isSameVersion(this.codec, one && this.#origins(one), other && this.#origins(other));
  }

  /** Also where only one of the two came with an ending of a gateway. */
  isSameState(one: State, other: State): boolean {
    if (this.isSameVersion(one.version, other.version)) return true;
    const isBare = ({ version }: State, of: State): boolean =>
      version !== undefined && of.version !== undefined && this.codec.bare?.(of.version) === version;
    return (isBare(one, other) || isBare(other, one)) && deepEqual(one.value, other.value);
  }

  /** A state as the server itself would have told it. */
  clean(state: State): State {
    const { version } = state;
    const own = version && this.#origins(version);
    return own === version ? state : { ...state, version: own };
  }

  /** A version without what a gateway added to it. */
  #origins(version: string): string {
    return (this.addsEndings ? this.codec.bare?.(version) : undefined) ?? version;
  }

  /** True for a version the resource has already left. */
  leftBehind(version: string | undefined): boolean {
    return this.#seen.has(version);
  }

  /** Remembers a state as the latest on the server. `own`: our write made it. */
  keep(state: State, own: boolean): void {
    const { state: current } = this;
    if (current !== undefined && this.isSameState(current, state)) {
      if (!this.isSameVersion(current.version, state.version)) this.addsEndings = true;
      this.#keepSame(current, state, own);
      return;
    }
    const onlyVersionLearned = current?.version === undefined && current !== undefined && this.#isOwn(current, state);
    const moved = !own && current !== undefined && !onlyVersionLearned;
    if (moved) this.moves += 1;
    if (onlyVersionLearned) this.own.add(current.value, state.value);
    else if (moved && this.forms !== undefined && (current.isAssumed === true || !this.own.isTold))
      this.own.addKept(current.value, state.value, this.forms);
    this.#seen.leave(current?.version, own && state.version !== undefined);
    this.#seen.forget(state.version);
    this.#hold({ ...state, value: freezeJson(state.value) });
    this.own.mark(state.version);
    this.#movedTo = moved ? this.state : undefined;
    this.onState?.(this.state);
    if (this.status === 'empty' || this.status === 'gone') this.status = 'idle';
    this.tell();
  }

  #keepSame(current: State, state: State, own: boolean): void {
    // A read saw our own write before its answer came, and took it for somebody else's.
    if (own && this.#movedTo === current) {
      this.moves -= 1;
      this.#movedTo = undefined;
    }
    if (own) this.own.mark(state.version);
    else this.own.isTold = true;
    // Not every server gives a new version to every write: a date has whole seconds. And what was assumed is told by a read.
    const canTell = own || this.codec.isCoarse !== true || current.isAssumed === true;
    const isChanged = canTell && !deepEqual(current.value, state.value);
    const isSettled = current.isAssumed === true && state.isAssumed !== true;
    if (!isChanged && !isSettled && current.version === state.version) return;
    if (isChanged && !own) this.own.add(current.value, state.value);
    // An equal value stays the very same object, so that who compares by identity sees no change; the tag may have grown strong.
    this.#hold({ ...state, value: isChanged ? freezeJson(state.value) : current.value });
    if (!isChanged) return;
    this.onState?.(this.state);
    this.tell();
  }

  #hold({ value, version, isAssumed }: State): void {
    this.state = Object.freeze(isAssumed === true ? { value, version, isAssumed } : { value, version });
  }

  /** Remembers that the resource is not there. */
  lose(): void {
    this.#seen.leave(this.state?.version);
    this.state = undefined;
    this.onState?.(undefined);
    this.setStatus('gone');
  }

  setStatus(status: ResourceStatus): void {
    if (this.status === status) return;
    this.status = status;
    this.tell();
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.on(listener);
  }

  tell(): void {
    this.#listeners.emit();
  }

  async #read(port: ReadPort, signal: AbortSignal, plain: boolean, fresh: boolean): Promise<ReadAnswer> {
    const told = await this.reads.run((shared) => this.#ask(port, shared, plain), signal, fresh);
    const answer = told.kind === 'found' ? { ...told, state: this.clean(told.state) } : told;
    if (answer.kind === 'found' && !this.leftBehind(answer.state.version)) this.keep(answer.state, false);
    return answer;
  }

  /**
   * A 404 that was still under way when a write of ours, or another read, showed that it is there, tells of before that. So
   * does another value under a version that is no more than a date.
   */
  async #ask(port: ReadPort, signal: AbortSignal, plain: boolean): Promise<ReadAnswer> {
    const { state: known } = this;
    const answer = await port.read({ signal, plain });
    const { state } = this;
    if (state === undefined || state === known || answer.kind === 'failed') return answer;
    if (answer.kind === 'missing') return { kind: 'found', state };
    const { version } = answer.state;
    if (this.isSameVersion(version, state.version))
      return this.codec.isCoarse === true ? { kind: 'found', state } : answer;
    // They were under way at once, and either may be the older: a read that begins now tells.
    return this.leftBehind(version) ? answer : this.#ask(port, signal, plain);
  }

  /** The same value, but for the version it may carry; or the form in which the server keeps what was sent. */
  #isOwn({ value, isAssumed }: State, found: State): boolean {
    const [sent, came] = [withoutVersion(this.codec, value), withoutVersion(this.codec, found.value)];
    return deepEqual(sent, came) || (isAssumed === true && this.forms?.isFormOf(came, sent) === true);
  }
}
