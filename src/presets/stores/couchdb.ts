import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { wireTextOf } from '../../protocol/versions/token-text.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest } from '../parts/request.js';

/** A write without `_rev` is create-only by itself; the receipt of a write calls it `rev`. */
const version = field('/_rev', { create: 'none', written: '/rev' });

/**
 * Documents of CouchDB and PouchDB Server: `_rev` goes back in the body, a delete names it in the query, 409 `conflict` is stale.
 * If-Match is not used: PouchDB Server ignores it. Do not write through `_bulk_docs`: it hides conflicts in a 201.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { couchdb } from 'unconflict/presets';
 * const client = createClient({ resources: { '/articles/:id': couchdb() } });
 * ```
 * @see CouchDB documentation, "API reference: /{db}/{docid}"
 */
export function couchdb<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version,
      write,
      // It answers every write with 201.
      createdMeansRecreated: false,
      merge: serverOwned('/_rev', '/_revisions', '/_revs_info', '/_conflicts', '/_deleted_conflicts', '/_local_seq'),
    },
    overrides,
  );
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  if (edit.kind === 'delete') {
    const rev = edit.version === undefined ? [] : [['rev', wireTextOf(edit.version)] as const];
    return jsonRequest({ method: 'DELETE', url: edit.url, query: rev });
  }
  return jsonRequest({ method: 'PUT', url: edit.url, value: edit.local, guard: guardOf(version, edit) });
}
