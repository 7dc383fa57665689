import type { Queue } from '../../engine/queue.js';
import type { ResourceState } from '../../engine/resource-state.js';
import { ReadNotes } from '../read/read-notes.js';
import { HandedOut } from './handed-out.js';
import type { Lane } from './resource-key.js';

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
