import type { ConflictDesk } from '../index.js';
import { ask } from '../session/ask.js';

export { reviveConflict } from '../session/revive-conflict.js';

/** Where conflicts are put that nobody else is asked about. Fetched with the first one. */
export function openDesk(): ConflictDesk {
  return ask();
}
