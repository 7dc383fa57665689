import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest, unsupported } from '../parts/request.js';
import { mergingBody } from '../parts/touched.js';

const version = field(['/generation', '/metageneration'], {
  send: { query: ['ifGenerationMatch', 'ifMetagenerationMatch'] },
  create: { query: { ifGenerationMatch: '0' } },
});

/**
 * Metadata of objects in Google Cloud Storage (JSON API): `generation` and `metageneration` go back as `ifGenerationMatch` and `ifMetagenerationMatch`; 412 is stale.
 * Objects are made by an upload, not here.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { gcs } from 'unconflict/presets';
 * const client = createClient({ resources: { '/storage/v1/b/:bucket/o/:object': gcs() } });
 * ```
 * @see Google Cloud Storage documentation, "Request preconditions" and "Objects: patch"
 */
export function gcs<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  const owned = [
    'generation',
    'metageneration',
    'etag',
    'updated',
    'timeCreated',
    'selfLink',
    'mediaLink',
    'size',
    'md5Hash',
    'crc32c',
  ];
  return preset<T>({ version, write, merge: serverOwned(...owned.map((name) => `/${name}`)) }, overrides);
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  const guard = guardOf(version, edit);
  if (edit.kind === 'delete') return jsonRequest({ method: 'DELETE', url: edit.url, guard });
  if (edit.kind === 'create')
    unsupported('gcs', 'changes the metadata of objects and cannot make one: upload it first');
  return jsonRequest({ method: 'PATCH', url: edit.url, value: mergingBody(edit), guard });
}
