import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { inside } from '../parts/envelope.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest, unsupported } from '../parts/request.js';
import { touchedBy } from '../parts/touched.js';

const version = field('/lockVersion', { create: 'none' });

/**
 * Work packages and the like of OpenProject (API v3): `lockVersion` goes back in the body of a PATCH that holds the changed members and links; 409 `UpdateConflict`
 * is stale. Ids are given by the server, and a delete takes no version: use the plain verbs for those.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { openProject } from 'unconflict/presets';
 * const client = createClient({ resources: { '/api/v3/work_packages/:id': openProject() } });
 * ```
 * @see OpenProject documentation, "API v3: Work Packages, Update a Work Package" and "Basic objects: Errors"
 */
export function openProject<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version,
      write,
      merge: serverOwned('/lockVersion', '/_type', '/_embedded', '/createdAt', '/updatedAt', '/*/html', '/_links/self'),
    },
    overrides,
  );
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  const { kind, url, base } = edit;
  if (kind === 'create')
    unsupported('openProject', 'cannot create, since the server gives the id: POST to the collection');
  if (kind === 'delete')
    unsupported('openProject', 'cannot delete: OpenProject takes no version there, so a newer state could be lost');
  const { set, removed } = touchedBy(edit);
  const { _links: links, ...kept } = set;
  const value = { ...kept, ...Object.fromEntries(removed.map((name) => [name, null])) };
  // Most links are actions and no properties: only those that were changed may go back.
  const changed = Object.entries(links ?? {}).filter(
    ([name, link]) => JSON.stringify(link) !== JSON.stringify(inside(base, '_links', name)),
  );
  const guard = guardOf(version, edit);
  return jsonRequest({
    method: 'PATCH',
    url,
    value: changed.length === 0 ? value : { ...value, _links: Object.fromEntries(changed) },
    guard,
  });
}
