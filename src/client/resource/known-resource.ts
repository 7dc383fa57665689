import type { JsonValue } from '../../core/json.js';
import type { State } from '../../engine/port.js';
import type { Queue } from '../../engine/queue/queue.js';
import type { ResourceState } from '../../engine/resource/resource-state.js';
import { ReadNotes } from '../http/state-reader.js';
import type { Lane } from './resource-key.js';

/** A form that stays open while others change its resource more often than this is taken for one of the latest state. */
const MEMORY = 32;

/** States that a resource had before others changed it: a form may still be open on one of them. */
export class HandedOut {
  #states: { readonly value: JsonValue; readonly moves: number }[] = [];
  #isDoubted = false;

  /** @param moves How often others had changed it by then. What only this client changes in between is the same person's. */
  note({ value }: State, moves: number): void {
    if (this.#states.at(-1)?.moves === moves) this.#states.pop();
    this.#states.push({ value, moves });
    if (this.#states.length > MEMORY) this.#states.shift();
  }

  /** Those of before others' last change. */
  older(moves: number): readonly JsonValue[] {
    return this.#states.filter((state) => state.moves < moves).map(({ value }) => value);
  }

  /** A write could not tell which of them it was made from: only a fresh read ends that. */
  doubt(): void {
    this.#isDoubted = true;
  }

  /** Somebody reads it, and goes by that. */
  read(): void {
    if (this.#isDoubted) this.#states = [];
    this.#isDoubted = false;
  }
}

/** One resource of one client: what all who use it share. */
export class KnownResource {
  readonly resource: ResourceState;
  readonly lane: Lane;
  /** A handle of it has said that other tabs are to hear nothing. */
  keepsToItself = false;
  /** Made with the first edit. */
  queue: Queue | undefined;
  /** The last edit that waits for the write chunk: whoever comes after it waits, too. */
  entering: Promise<unknown> | undefined;
  readonly handedOut: HandedOut = new HandedOut();
  readonly notes: ReadNotes = new ReadNotes();

  constructor(resource: ResourceState, lane: Lane) {
    this.resource = resource;
    this.lane = lane;
  }
}
