import type { ResourceOptions } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { envelope, inside } from '../parts/envelope.js';
import { preset } from '../parts/preset.js';

/**
 * Documents of Elasticsearch and OpenSearch at `/{index}/_doc/{id}`: `_seq_no` and `_primary_term` go back as `if_seq_no` and `if_primary_term`; 409
 * `version_conflict_engine_exception` is stale. The value is what `_source` holds.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { elasticsearch } from 'unconflict/presets';
 * const client = createClient({ resources: { '/articles/_doc/:id': elasticsearch() } });
 * ```
 * @see Elasticsearch documentation, "Optimistic concurrency control"
 */
export function elasticsearch<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version: field(['/_seq_no', '/_primary_term'], {
        send: { query: ['if_seq_no', 'if_primary_term'] },
        create: { query: { op_type: 'create' } },
      }),
      write: 'put',
      body: envelope<T>((body) => inside(body, '_source')),
    },
    overrides,
  );
}
