import type { Queue } from '../../engine/queue.js';
import type { ResourceState } from '../../engine/resource-state.js';
import { ReadNotes } from '../read/read-notes.js';

/** One resource of one client: what all who use it share. */
export class KnownResource {
  readonly resource: ResourceState;
  /** Made with the first edit. */
  queue: Queue | undefined;
  /** The last edit that waits for the write chunk: whoever comes after it waits, too. */
  entering: Promise<unknown> | undefined;
  readonly notes: ReadNotes = new ReadNotes();

  constructor(resource: ResourceState) {
    this.resource = resource;
  }
}
