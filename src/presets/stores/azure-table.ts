import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { etag } from '../../protocol/versions/etag.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest } from '../parts/request.js';

/** A strong form of the weak tag is answered with 400. */
const version = etag({ weak: 'verbatim', gzipSuffix: 'keep', body: '/odata.etag', create: 'none' });

/**
 * Entities of Azure Table Storage (and Cosmos DB for Table): the weak `ETag` goes back verbatim as If-Match; 412 `UpdateConditionNotSatisfied` is stale. A create is a
 * POST to the table, since a PUT without If-Match overwrites.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { azureTable } from 'unconflict/presets';
 * const client = createClient({ defaults: azureTable() });
 * const article = client.resource("https://account.table.core.windows.net/articles(PartitionKey='p',RowKey='1')");
 * ```
 * @see Azure Storage documentation, "Update Entity", "Insert Entity" and "Table service error codes" (REST API)
 */
export function azureTable<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version,
      write,
      headers: {
        Accept: 'application/json;odata=minimalmetadata',
        'x-ms-version': '2019-02-02',
        DataServiceVersion: '3.0',
      },
      merge: serverOwned('/Timestamp', '/odata.etag', '/odata.metadata', '/odata.id', '/odata.editLink', '/odata.type'),
    },
    overrides,
  );
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  const guard = guardOf(version, edit);
  const { kind, url, local } = edit;
  if (kind === 'delete') return jsonRequest({ method: 'DELETE', url, guard });
  if (kind === 'create') return jsonRequest({ method: 'POST', url: tableOf(url), value: entityOf(local) });
  return jsonRequest({ method: 'PUT', url, value: entityOf(local), guard });
}

/** `…/articles(PartitionKey='p',RowKey='1')?sig=…` → `…/articles?sig=…`. */
function tableOf(url: string): string {
  const [path = '', query] = url.split('?', 2);
  const end = path.search(/\(PartitionKey=/i);
  return (end < 0 ? path : path.slice(0, end)) + (query === undefined ? '' : `?${query}`);
}

/** What describes the entity is not part of it; type annotations (`Age@odata.type`) are. */
function entityOf(local: unknown): unknown {
  if (typeof local !== 'object' || local === null) return local;
  return Object.fromEntries(
    Object.entries(local).filter(([name]) => name !== 'Timestamp' && !name.startsWith('odata.')),
  );
}
