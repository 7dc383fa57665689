import type { DeleteOptions } from '../../contract/resource.js';
import { deepEqual } from '../../core/deep-equal.js';
import { diff } from '../../core/diff/diff.js';
import type { JsonValue } from '../../core/json.js';
import { withoutServerOwned } from '../../core/rules/server.js';
import { withoutVersion } from '../../protocol/versions/version-scheme.js';
import type { Policy } from '../policy.js';
import type { State } from '../port.js';
import type { ResourceState } from '../resource/resource-state.js';
import type { EditInput, EditRequest } from './edit.js';
import { assertWritable } from './read-only.js';

/** A delete as it is asked for. */
export interface DeleteRequest extends Pick<EditInput, 'id' | 'port' | 'policy' | 'signal' | 'emit'> {
  /** Default: what its caller saw when he asked, with his own edits before it; else what the server has. */
  readonly base: State | undefined;
  /** What its caller saw when he asked. Default: what is known now. */
  readonly seen?: Pick<ResourceState, 'state' | 'value' | 'moves'>;
  readonly onStale: NonNullable<DeleteOptions['onStale']>;
}

/** An update or a create with its patch. @throws ReadonlyPathError */
export function inputOf(request: EditRequest, url: string): EditInput {
  const { kind, base, local, policy } = request;
  const patch = request.patch ?? diff(base, local, kind === 'create' ? {} : { merge: policy.merge });
  const input: EditInput = request.patch ? { ...request, patch } : { ...request, patch, isDerived: true };
  assertWritable(input, policy.readonly, url);
  return input;
}

/** A delete, as the edit that it is. */
export function inputOfDelete(
  resource: ResourceState,
  { base, seen = resource, onStale, ...request }: DeleteRequest,
): EditInput {
  return {
    ...request,
    kind: 'delete',
    base: base?.value ?? null,
    local: null,
    patch: [],
    baseVersion: base?.version,
    movesBefore: seen.moves,
    replay: undefined,
    combinable: false,
    onStale,
    findTarget: base === undefined ? deleteTarget(resource, seen, request.policy) : () => base,
  };
}

/**
 * What a delete without a base is to delete, to be asked for when its turn has come: the state its caller saw when he
 * asked, with all that his client's own edits made of it meanwhile. What others made of it he has not seen.
 */
function deleteTarget(
  resource: ResourceState,
  { state, moves, value }: NonNullable<DeleteRequest['seen']>,
  policy: Policy,
): () => State | undefined {
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
