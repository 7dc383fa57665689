import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { envelope, inside } from '../parts/envelope.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest, unsupported } from '../parts/request.js';

const version = field('/wiki_page/version', { create: 'none' });

/**
 * Wiki pages of Redmine (`/projects/:project/wiki/:page.json`): `version` goes back in the body; 409, mostly without a body, is stale. Edit `text` and
 * `comments`. A create cannot be conditional and neither can a delete: use the plain verbs for those. A 201 to an update has brought back
 * a page that was deleted: that is told as gone.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { redmineWiki } from 'unconflict/presets';
 * const client = createClient({ resources: { '/projects/:project/wiki/:page': redmineWiki() } });
 * ```
 * @see Redmine documentation, "REST API: Wiki Pages"
 */
export function redmineWiki<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version,
      write,
      createdMeansRecreated: true,
      body: envelope<T>((body) => inside(body, 'wiki_page')),
      merge: serverOwned('/version', '/title', '/author', '/created_on', '/updated_on', '/attachments'),
    },
    overrides,
  );
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  const { kind, url, local } = edit;
  if (kind === 'create') unsupported('redmineWiki', 'cannot create: a page that is there already would be overwritten');
  if (kind === 'delete')
    unsupported('redmineWiki', 'cannot delete: Redmine takes no version there, so a newer state could be lost');
  const kept = ['text', 'comments']
    .map((name) => [name, inside(local, name)])
    .filter(([, value]) => value !== undefined);
  return jsonRequest({
    method: 'PUT',
    url,
    value: { wiki_page: Object.fromEntries(kept) },
    guard: guardOf(version, edit),
  });
}
