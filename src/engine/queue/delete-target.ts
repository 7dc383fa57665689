import { deepEqual } from '../../core/deep-equal.js';
import type { JsonValue } from '../../core/json.js';
import { withoutServerOwned } from '../../core/rules/server.js';
import { withoutVersion } from '../../protocol/versions/version-scheme.js';
import type { Policy } from '../policy.js';
import type { State } from '../port.js';
import type { ResourceState } from '../resource/resource-state.js';

/**
 * What a delete without a base is to delete, to be asked for when its turn has come: the state its caller saw when he
 * asked, with all that his client's own edits made of it meanwhile. What others made of it he has not seen.
 */
export function deleteTarget(resource: ResourceState, policy: Policy): () => State | undefined {
  const { state, moves, value } = resource;
  return () => {
    const { state: latest } = resource;
    if (state === undefined || value === undefined || (latest !== undefined && resource.moves === moves)) return latest;
    // What is there may be his all the same: a write of ours that was found landed has been met as if it were somebody else's.
    const isHis = latest !== undefined && isSameValue(policy, latest.value, value);
    // Where it is gone by now, somebody else may have made another.
    return isHis ? latest : { value, version: state.version };
  };
}

/** Whether two values are the same but for what the server adds: versions, and what is owned by it. */
export function isSameValue({ codec, merge }: Policy, a: JsonValue, b: JsonValue): boolean {
  const own = (value: JsonValue): JsonValue => withoutServerOwned(withoutVersion(codec, value), merge);
  return deepEqual(own(a), own(b));
}
