import type { ResourceOptions } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { etag } from '../../protocol/versions/etag.js';
import { preset } from '../parts/preset.js';

/**
 * JSON documents on a Solid server: `ETag` goes back as If-Match with a PUT. Its 205 has no tag, so the new version is read back; a stale PUT on a deleted document is a
 * 201, which is taken back and reported as gone.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { solid } from 'unconflict/presets';
 * const client = createClient({ resources: { '/notes/*': solid() } });
 * ```
 * @see Solid Protocol, 5 (reading and writing resources); Community Solid Server documentation, "Conditional requests"
 */
export function solid<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>({ version: etag(), write: 'put', createdMeansRecreated: true }, overrides);
}
