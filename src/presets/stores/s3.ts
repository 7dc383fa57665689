import type { ResourceOptions } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { etag } from '../../protocol/versions/etag.js';
import { preset } from '../parts/preset.js';

/**
 * JSON in objects of Amazon S3 and of what speaks like it: the `ETag` goes back as If-Match, a create sends `If-None-Match: *`, 412 `PreconditionFailed` is stale. 409
 * `ConditionalRequestConflict` and `OperationAborted` pass: they are sent again as they are. Signing is the client's affair, by ky's hooks.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { s3 } from 'unconflict/presets';
 * const client = createClient({ prefix: 'https://bucket.s3.amazonaws.com', resources: { '/articles/*': s3() } });
 * ```
 * @see Amazon S3 User Guide, "How to prevent object overwrites with conditional writes" and "How to perform conditional deletes"
 */
export function s3<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>({ version: etag(), write: 'put' }, overrides);
}
