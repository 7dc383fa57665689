import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { envelope, inside } from '../parts/envelope.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest, unsupported } from '../parts/request.js';
import { touchedBy } from '../parts/touched.js';

/** Options of {@link ghost}. */
export interface GhostOptions<T = JsonValue> extends ResourceOptions<T> {
  /** What the collection is called in bodies. Default `posts`. */
  readonly collection?: 'posts' | 'pages';
}

/**
 * Posts and pages of Ghost's Admin API: `updated_at` is echoed with the changed members; 409 `UPDATE_COLLISION` is stale. Ids are given by the server, and a delete cannot be
 * conditional: use the plain verbs for those.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { ghost } from 'unconflict/presets';
 * const client = createClient({ resources: { '/ghost/api/admin/pages/:id/': ghost({ collection: 'pages' }) } });
 * ```
 * @see Ghost documentation, "Admin API: updating a post"
 */
export function ghost<T = JsonValue>({ collection = 'posts', ...overrides }: GhostOptions<T> = {}): ResourceOptions<T> {
  const version = field(`/${collection}/0/updated_at`, { create: 'none' });
  const write = (edit: WriteEdit<T>): WriteRequest => {
    const { kind, url } = edit;
    if (kind === 'create')
      unsupported('ghost', 'cannot create, since the server gives the id: POST to the collection with the plain verb');
    if (kind === 'delete')
      unsupported('ghost', 'cannot delete: Ghost takes no version there, so a newer state could be lost');
    const { set, removed } = touchedBy(edit);
    const changed = { ...set, ...Object.fromEntries(removed.map((name) => [name, null])) };
    return jsonRequest({ method: 'PUT', url, value: { [collection]: [changed] }, guard: guardOf(version, edit) });
  };
  const body = envelope<T>((answer) => inside(answer, collection, '0'));
  return preset<T>(
    { version, write, body, merge: serverOwned('/updated_at', '/uuid', '/url', '/reading_time') },
    overrides,
  );
}
