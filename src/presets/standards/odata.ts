import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { etag } from '../../protocol/versions/etag.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest } from '../parts/request.js';
import { mergingBody } from '../parts/touched.js';

const version = etag({ weak: 'verbatim', body: '/@odata.etag' });

/**
 * OData v4 entities (Dataverse, Dynamics, SAP, Microsoft Graph and Planner): the tag, weak or not, goes back verbatim as If-Match; PATCH carries the changed properties; 412 is
 * stale, 428 asks for a tag. A create is an upsert with `If-None-Match: *`.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { odata } from 'unconflict/presets';
 * const client = createClient({ resources: { '/api/data/*': odata() } });
 * ```
 * @see OData Version 4.01, Part 1: Protocol, 11.4.1.1 (ETags) and 11.4.4 (upsert)
 */
export function odata<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version,
      write,
      headers: { Accept: 'application/json', 'OData-Version': '4.0', 'OData-MaxVersion': '4.0' },
      merge: serverOwned('/@odata.etag', '/@odata.context', '/@odata.id', '/@odata.editLink', '/@odata.type'),
    },
    overrides,
  );
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  const guard = guardOf(version, edit);
  const { kind, url, local } = edit;
  if (kind === 'delete') return jsonRequest({ method: 'DELETE', url, guard });
  const value = kind === 'create' ? local : mergingBody(edit);
  return jsonRequest({ method: 'PATCH', url, value, guard, headers: { Prefer: 'return=representation' } });
}
