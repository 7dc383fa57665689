import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { wireTextOf } from '../../protocol/versions/token-text.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest, unsupported } from '../parts/request.js';
import { touchedBy } from '../parts/touched.js';

const version = field('/etag');

/**
 * Google APIs that follow the API Improvement Proposals: `etag` goes back in the body of a PATCH that names what it changes in `updateMask`; 409 `ABORTED` is stale.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { googleApi } from 'unconflict/presets';
 * const client = createClient({ resources: { '/v1/projects/*': googleApi() } });
 * ```
 * @see Google API Improvement Proposals, AIP-134 (update), AIP-135 (delete), AIP-154 (resource freshness validation)
 */
export function googleApi<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>({ version, write, merge: serverOwned('/etag', '/createTime', '/updateTime', '/uid') }, overrides);
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  const { kind, url } = edit;
  if (kind === 'create')
    unsupported(
      'googleApi',
      'cannot create: every API names the new resource in its own way. POST to the collection with the plain verb',
    );
  if (kind === 'delete') {
    const tag = edit.version === undefined ? [] : [['etag', wireTextOf(edit.version)] as const];
    return jsonRequest({ method: 'DELETE', url, query: tag });
  }
  const { set, removed } = touchedBy(edit);
  // Named in the mask and missing in the body: cleared.
  const mask = [...Object.keys(set), ...removed].join(',');
  return jsonRequest({
    method: 'PATCH',
    url,
    value: set,
    guard: guardOf(version, edit),
    query: [['updateMask', mask]],
  });
}
