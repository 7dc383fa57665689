import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { field } from '../../protocol/versions/field.js';
import { preset, serverOwned } from '../parts/preset.js';
import { collectionOf, guardOf, jsonRequest } from '../parts/request.js';

/** Compared byte by byte with `/_etag`, which has quotes in Azure and none in the emulator. */
const version = field('/_etag', { send: 'if-match', create: 'none' });

/** Options of {@link cosmos}. */
export interface CosmosOptions<T = JsonValue> extends ResourceOptions<T> {
  /** The partition key value, sent as `x-ms-documentdb-partitionkey`. Leave it out where the client sets that header itself. */
  readonly partitionKey?: string | number | boolean | null;
}

/**
 * Documents of Azure Cosmos DB (NoSQL) at `…/docs/{id}`: `_etag` goes back as If-Match; 412 is stale, 409 exists (or breaks a unique key), 449 is sent again as it is.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { cosmos } from 'unconflict/presets';
 * const client = createClient({ resources: { '/dbs/*': cosmos({ partitionKey: 'articles' }) } });
 * ```
 * @see Azure Cosmos DB documentation, "Replace a document" (REST API), and "HTTP status codes for Azure Cosmos DB"
 */
export function cosmos<T = JsonValue>({ partitionKey, ...overrides }: CosmosOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version,
      write,
      classify,
      ...(partitionKey === undefined
        ? {}
        : { headers: { 'x-ms-documentdb-partitionkey': JSON.stringify([partitionKey]) } }),
      merge: serverOwned('/_etag', '/_ts', '/_rid', '/_self', '/_attachments'),
    },
    overrides,
  );
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  const guard = guardOf(version, edit);
  if (edit.kind === 'delete') return jsonRequest({ method: 'DELETE', url: edit.url, guard });
  if (edit.kind === 'create') return jsonRequest({ method: 'POST', url: collectionOf(edit.url), value: edit.local });
  return jsonRequest({ method: 'PUT', url: edit.url, value: edit.local, guard });
}

function classify({ status, sent }: ServerAnswer): Verdict | undefined {
  if (status !== 409) return undefined;
  return sent.create ? 'exists' : 'refused';
}
