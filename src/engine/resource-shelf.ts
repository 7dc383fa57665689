import type { ResourceStatus } from '../contract/resource.js';
import { freezeJson } from '../core/assert-json.js';
import { deepEqual } from '../core/deep-equal.js';
import type { JsonValue } from '../core/json.js';
import { withoutVersion } from '../protocol/version-in-body.js';
import type { VersionCodec } from '../protocol/version-scheme.js';
import { isSameVersion } from '../protocol/version-scheme.js';
import type { Edit } from './edit.js';
import { observe } from './emitter.js';
import type { ReadAnswer, ResourcePort, State } from './port.js';
import type { Shelf } from './run.js';
import { SeenVersions } from './seen-versions.js';
import { SingleFlight } from './single-flight.js';

/** What one client knows of one resource: its latest state, the versions it has left, and who wants to hear of it. */
export class ResourceShelf implements Shelf {
  state: State | undefined;
  status: ResourceStatus = 'empty';
  tagsAsked = false;
  versionless = false;
  /** How often others have changed the resource, as far as seen. */
  moves = 0;
  /** The state that was counted as the last move. */
  #movedTo: State | undefined;
  readonly #codec: VersionCodec;
  readonly #seen: SeenVersions;
  readonly #flight = new SingleFlight<ReadAnswer>();
  readonly #listeners = new Set<() => void>();
  readonly #onListenerError: (error: unknown) => void;

  constructor(codec: VersionCodec, onListenerError: (error: unknown) => void) {
    this.#codec = codec;
    this.#seen = new SeenVersions((version) => codec.key(version));
    this.#onListenerError = onListenerError;
  }

  look(port: ResourcePort, signal: AbortSignal, plain: boolean): Promise<ReadAnswer> {
    return this.#read(port, signal, plain, true);
  }

  /** For a plain read: shares one that is under way. */
  read(port: ResourcePort, signal: AbortSignal): Promise<ReadAnswer> {
    return this.#read(port, signal, false, false);
  }

  movedSince(edit: Edit): boolean {
    const { baseVersion, movesBefore } = edit.input;
    const version = this.state?.version;
    if (baseVersion === undefined || version === undefined) return this.moves !== movesBefore;
    return !isSameVersion(this.#codec, baseVersion, version);
  }

  leftBehind(version: string | undefined): boolean {
    return this.#seen.has(version);
  }

  keep(state: State, own: boolean): void {
    const { state: current } = this;
    if (current !== undefined && this.#isSame(current, state)) {
      // A read saw our own write before its answer came, and took it for somebody else's.
      if (own && this.#movedTo === current) {
        this.moves -= 1;
        this.#movedTo = undefined;
      }
      // Not every server gives a new version to every write: a date has whole seconds.
      const isChanged = own && !deepEqual(current.value, state.value);
      if (!isChanged && current.version === state.version) return;
      // An equal value stays the very same object, so that who compares by identity sees no change; the tag may have grown strong.
      const value = isChanged ? freezeJson(state.value) : current.value;
      this.state = Object.freeze({ value, version: state.version });
      if (isChanged) this.tell();
      return;
    }
    const onlyVersionLearned =
      current !== undefined && current.version === undefined && this.#isSameBut(current.value, state.value);
    const moved = !own && current !== undefined && !onlyVersionLearned;
    if (moved) this.moves += 1;
    this.#seen.leave(current?.version);
    this.#seen.forget(state.version);
    this.state = Object.freeze({ value: freezeJson(state.value), version: state.version });
    this.#movedTo = moved ? this.state : undefined;
    if (this.status === 'empty' || this.status === 'gone') this.status = 'idle';
    this.tell();
  }

  lose(): void {
    this.#seen.leave(this.state?.version);
    this.state = undefined;
    this.setStatus('gone');
  }

  setStatus(status: ResourceStatus): void {
    if (this.status === status) return;
    this.status = status;
    this.tell();
  }

  subscribe(listener: () => void): () => void {
    const entry = (): void => listener();
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  tell(): void {
    for (const listener of [...this.#listeners]) observe(listener, this.#onListenerError);
  }

  async #read(port: ResourcePort, signal: AbortSignal, plain: boolean, fresh: boolean): Promise<ReadAnswer> {
    const answer = await this.#flight.run((shared) => this.#ask(port, shared, plain), signal, fresh);
    if (answer.kind === 'found' && !this.leftBehind(answer.state.version)) this.keep(answer.state, false);
    return answer;
  }

  /** A 404 that was still under way when a write of ours, or another read, showed that it is there, tells of before that. */
  async #ask(port: ResourcePort, signal: AbortSignal, plain: boolean): Promise<ReadAnswer> {
    const { state: known } = this;
    const answer = await port.read({ signal, plain });
    const { state } = this;
    return answer.kind === 'missing' && state !== undefined && state !== known ? { kind: 'found', state } : answer;
  }

  /** The same value, but for the version it may carry. */
  #isSameBut(a: JsonValue, b: JsonValue): boolean {
    return deepEqual(withoutVersion(this.#codec, a), withoutVersion(this.#codec, b));
  }

  #isSame(a: State, b: State): boolean {
    return isSameVersion(this.#codec, a.version, b.version);
  }
}
