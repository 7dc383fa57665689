import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { codesOf } from '../../protocol/verdict/codes-of.js';
import { etag } from '../../protocol/versions/etag.js';
import { envelope, inside } from '../parts/envelope.js';
import { preset, serverOwned } from '../parts/preset.js';
import { guardOf, jsonRequest } from '../parts/request.js';

const version = etag();

/**
 * Records of Kinto: the `ETag` (quoted milliseconds) goes back as If-Match; edits are JSON Patch below `/data`; a 412 carries the current record, so nothing is read again; 409
 * errno 122 is sent again as it is. The value is what `data` holds.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { kinto } from 'unconflict/presets';
 * const client = createClient({ resources: { '/v1/buckets/:bucket/collections/:collection/records/:id': kinto() } });
 * ```
 * @see Kinto documentation, "API: Records" (PATCH, concurrency control) and "Error responses"
 */
export function kinto<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version,
      write,
      classify,
      body: envelope<T>(
        (body) => inside(body, 'data'),
        (value) => ({ data: value }),
      ),
      conflictBody: ({ status, body }) => {
        const existing = inside(body, 'details', 'existing');
        const modified = inside(existing, 'last_modified');
        return status === 412 && typeof modified === 'number'
          ? { body: { data: existing }, version: `"${modified}"` }
          : undefined;
      },
      merge: serverOwned('/last_modified'),
    },
    overrides,
  );
}

function write(edit: WriteEdit<unknown>): WriteRequest {
  const guard = guardOf(version, edit);
  const { kind, url, local, patch } = edit;
  if (kind === 'delete') return jsonRequest({ method: 'DELETE', url, guard });
  if (kind === 'create') return jsonRequest({ method: 'PUT', url, value: { data: local }, guard });
  const operations = patch.map((operation) => ({
    ...operation,
    path: `/data${operation.path}`,
    ...('from' in operation ? { from: `/data${operation.from}` } : {}),
  }));
  return jsonRequest({ method: 'PATCH', url, value: operations, type: 'application/json-patch+json', guard });
}

function classify(answer: ServerAnswer): Verdict | undefined {
  return answer.status === 409 && codesOf(answer).includes('122') ? 'retry-unchanged' : undefined;
}
