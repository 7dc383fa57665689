import { diff } from '../../core/diff/diff.js';
import type { ResourceState } from '../resource/resource-state.js';
import { deleteTarget } from './delete-target.js';
import type { DeleteRequest, EditInput, EditRequest } from './edit.js';
import { assertWritable } from './read-only.js';

/** An update or a create with its patch. @throws ReadonlyPathError */
export function inputOf(request: EditRequest, url: string): EditInput {
  const { kind, base, local, policy } = request;
  const patch = request.patch ?? diff(base, local, kind === 'create' ? {} : { merge: policy.merge });
  const input: EditInput = request.patch ? { ...request, patch } : { ...request, patch, isDerived: true };
  assertWritable(input, policy.readonly, url);
  return input;
}

/** A delete, as the edit that it is. */
export function inputOfDelete(resource: ResourceState, { base, onStale, ...request }: DeleteRequest): EditInput {
  return {
    ...request,
    kind: 'delete',
    base: base?.value ?? null,
    local: null,
    patch: [],
    baseVersion: base?.version,
    movesBefore: resource.moves,
    replay: undefined,
    combinable: false,
    onStale,
    findTarget: base === undefined ? deleteTarget(resource, request.policy) : () => base,
  };
}
