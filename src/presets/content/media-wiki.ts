import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { inside } from '../parts/envelope.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest, unsupported } from '../parts/request.js';

/** Without a revision a PUT creates, and a page that is there already is a 409. */
const version = field('/latest/id', { create: 'none' });

/** Options of {@link mediaWiki}. */
export interface MediaWikiOptions<T = JsonValue> extends ResourceOptions<T> {
  /** The summary of each edit, kept in the page's history. Default ''. */
  readonly comment?: string;
}

/**
 * Pages of MediaWiki's REST API (`/w/rest.php/v1/page/:title`): `latest.id` goes back in the body; 409 is an edit conflict that MediaWiki could not merge by
 * itself. Edit `source`: all else describes it. The API has no delete.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { mediaWiki } from 'unconflict/presets';
 * const client = createClient({ resources: { '/w/rest.php/v1/page/:title': mediaWiki({ comment: 'Typo' }) } });
 * ```
 * @see MediaWiki documentation, "API:REST API/Reference: Create page, Update page"
 */
export function mediaWiki<T = JsonValue>({ comment = '', ...overrides }: MediaWikiOptions<T> = {}): ResourceOptions<T> {
  const write = (edit: WriteEdit<T>): WriteRequest => {
    const { kind, url, local } = edit;
    if (kind === 'delete') unsupported('mediaWiki', 'cannot delete: the REST API of MediaWiki does not');
    const model = inside(local, 'content_model');
    const value = {
      source: inside(local, 'source'),
      comment,
      ...(model === undefined ? {} : { content_model: model }),
    };
    return jsonRequest({ method: 'PUT', url, value, guard: guardOf(version, edit) });
  };
  return preset<T>({ version, write, merge: serverOwned('/latest', '/id', '/key', '/title', '/license') }, overrides);
}
