import type { JsonValue } from '../core/json.js';
import type { Policy } from './policy.js';
import type { State } from './port.js';
import type { ResourceShelf } from './resource-shelf.js';
import { isSameValue } from './same-value.js';

/**
 * What a delete without a base is to delete, to be asked for when its turn has come: the state its caller saw when he
 * asked, with all that his client's own edits made of it meanwhile. What others made of it he has not seen.
 *
 * @param value What he saw: the latest state with every pending edit on top.
 */
export function toDelete(shelf: ResourceShelf, value: JsonValue | undefined, policy: Policy): () => State | undefined {
  const { state, moves } = shelf;
  return () => {
    const { state: latest } = shelf;
    if (state === undefined || value === undefined || (latest !== undefined && shelf.moves === moves)) return latest;
    // What is there may be his all the same: a write of ours that was found landed has been met as if it were somebody else's.
    const isHis = latest !== undefined && isSameValue(policy, latest.value, value);
    // Where it is gone by now, somebody else may have made another.
    return isHis ? latest : { value, version: state.version };
  };
}
