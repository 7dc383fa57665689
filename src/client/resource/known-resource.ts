import type { Queue } from '../../engine/queue.js';
import type { ResourceState } from '../../engine/resource-state.js';
import type { ResourcePolicy } from '../options/resource-policy.js';
import { ReadNotes } from '../read/read-notes.js';
import type { Lane } from './resource-key.js';

/** One resource of one client: what all who use it share. */
export class KnownResource {
  readonly resource: ResourceState;
  readonly lane: Lane;
  /** What keeps it up to date, as it was set where it was first named. */
  readonly live: ResourcePolicy['live'];
  /** Made with the first edit. */
  queue: Queue | undefined;
  /** The last edit that waits for the write chunk: whoever comes after it waits, too. */
  entering: Promise<unknown> | undefined;
  readonly notes: ReadNotes = new ReadNotes();

  constructor(resource: ResourceState, lane: Lane, live: ResourcePolicy['live']) {
    this.resource = resource;
    this.lane = lane;
    this.live = live;
  }
}
