import type { ResourceOptions } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { etag } from '../../protocol/versions/etag.js';
import { preset } from '../parts/preset.js';

/**
 * Any API that keeps to RFC 9110: `ETag` on read, `If-Match` on write, 412 (or 409) when stale. The same as no preset, to be explicit or to start from.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { http } from 'unconflict/presets';
 * const client = createClient({ resources: { '/articles/:id': http({ write: 'put' }) } });
 * ```
 * @see RFC 9110, 13 (conditional requests)
 */
export function http<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>({ version: etag() }, overrides);
}
