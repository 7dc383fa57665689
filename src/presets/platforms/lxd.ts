import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { member } from '../../protocol/body/body-kind.js';
import { etag } from '../../protocol/versions/etag.js';
import { envelope, inside } from '../parts/envelope.js';
import { preset, serverOwned } from '../parts/preset.js';
import { collectionOf, guardOf, jsonRequest, unsupported } from '../parts/request.js';

const version = etag();

/**
 * Profiles, networks, storage pools, projects and instances of LXD and Incus: the `ETag` goes back as If-Match with a PUT of the whole; 412 is stale. The value is
 * what `metadata` holds. A create is a POST to the collection; a delete takes no version: use the plain verb. An instance is changed in the
 * background (202): what came of it is read.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { lxd } from 'unconflict/presets';
 * const client = createClient({ resources: { '/1.0/profiles/:name': lxd() } });
 * ```
 * @see LXD documentation, "REST API: PUT vs PATCH" and "Main API specification" (ETag, If-Match)
 */
export function lxd<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version,
      write,
      body: envelope<T>((body) => documentIn(inside(body, 'metadata'))),
      merge: serverOwned(
        '/used_by',
        '/status',
        '/status_code',
        '/created_at',
        '/last_used_at',
        '/location',
        '/locations',
        '/project',
        '/expanded_config',
        '/expanded_devices',
      ),
    },
    overrides,
  );
}

/** A write is answered with nothing but `{}` in there, or with the operation that it started. */
function documentIn(metadata: unknown): unknown {
  const empty = typeof metadata === 'object' && metadata !== null && Object.keys(metadata).length === 0;
  return empty || member(metadata, 'class') === 'task' ? undefined : metadata;
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  const { kind, url, local } = edit;
  if (kind === 'delete')
    unsupported('lxd', 'cannot delete: LXD takes no version there, so a newer state could be lost');
  if (kind === 'update') return jsonRequest({ method: 'PUT', url, value: local, guard: guardOf(version, edit) });
  return jsonRequest({ method: 'POST', url: collectionOf(url), value: local });
}
