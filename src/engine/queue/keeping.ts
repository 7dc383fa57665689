import type { EditResult } from '../../contract/snapshot.js';
import type { Pending } from '../resource/pending-edits.js';
import type { EditInput } from './edit.js';
import type { Queue } from './queue.js';

/** Where a client brings its edits if they are to outlive the page: an outbox. */
export interface Keeping {
  /** Keeps an edit and has it queued when its turn has come. @param shown What shows for it already. */
  keep(queue: Queue, url: URL, input: EditInput, shown: Pending | undefined): Promise<EditResult>;
  /** The client has closed, its drafts too: others may take over what is left. */
  closed(): void;
  /** A place for what a draft owes. It is not sent while the draft is open: whoever comes after it does that. */
  shelf(): Shelf;
}

/** Stores edits in the place of those before. `left`: whoever had them is gone, and they are kept like any others, for why they are not saved yet. */
export type Shelf = (queue: Queue, url: URL, edits: readonly OwedEdit[], left?: Left) => void;

/** Why what is left is not saved yet: what the last try met. */
export interface Left {
  readonly error: unknown;
}

/** An edit that somebody else sends. `isSent`: it is on its way, and may have arrived. */
export interface OwedEdit {
  readonly input: EditInput;
  readonly isSent: boolean;
}
