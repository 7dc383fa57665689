import type { JsonValue } from '../../core/json.js';
import type { State } from '../../engine/port.js';
import type { Queue } from '../../engine/queue/queue.js';
import type { ResourceState } from '../../engine/resource/resource-state.js';
import { ReadNotes } from '../http/state-reader.js';
import type { ResourcePolicy } from '../options/resource-policy.js';
import type { PlainHeaders } from './identity-key.js';
import { identityKey } from './identity-key.js';

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

const ids = new WeakMap<object, number>();
let last = 0;

/**
 * Who shares a lane, and with it a snapshot: who asks for the same at one URL, finds its version in the same place and opens the same
 * envelope. To anybody else the value would be another document, and writing it would take the rest away.
 */
export interface Lane {
  readonly href: string;
  /** Where its version is found. */
  readonly source: string;
  readonly envelope: object | undefined;
  readonly asked: PlainHeaders;
}

export function laneOf({ href }: URL, { engine, request }: ResourcePolicy, asked: PlainHeaders): Lane {
  return { href, source: engine.codec.source, envelope: request.body, asked };
}

/** Equal for equal lanes. */
export function laneKey({ href, source, envelope, asked }: Lane): string {
  return `${href} ${source} ${envelope === undefined ? '' : idOf(envelope)} ${identityKey(asked)}`;
}

/** Functions cannot be compared, so an envelope is known by which object it is. */
function idOf(envelope: object): number {
  const known = ids.get(envelope);
  if (known !== undefined) return known;
  last += 1;
  ids.set(envelope, last);
  return last;
}

/** What holds a thing without keeping it alive. Older Workers have no WeakRef: there things live as long as their client. */
interface Hold<T extends object> {
  deref(): T | undefined;
}

const held = <T extends object>(thing: T): Hold<T> =>
  typeof WeakRef === 'function' ? new WeakRef(thing) : { deref: () => thing };

/** Things of one URL that last for as long as somebody uses them: handles and requests hold them, the registry does not. */
export class Registry<T extends object> {
  readonly #entries = new Map<string, Hold<T>>();
  readonly #cleanup =
    typeof FinalizationRegistry === 'function'
      ? new FinalizationRegistry<string>((key) => {
          if (this.#entries.get(key)?.deref() === undefined) this.#entries.delete(key);
        })
      : undefined;

  get(key: string, make: () => T): T {
    const known = this.#entries.get(key)?.deref();
    if (known !== undefined) return known;
    const made = make();
    this.#entries.set(key, held(made));
    this.#cleanup?.register(made, key);
    return made;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const entry of this.#entries.values()) {
      const thing = entry.deref();
      if (thing !== undefined) yield thing;
    }
  }
}
