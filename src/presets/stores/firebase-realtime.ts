import type { ResourceOptions } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { etag } from '../../protocol/versions/etag.js';
import { preset } from '../parts/preset.js';

/**
 * Places of the Firebase Realtime Database (`….json`): its unquoted ETag goes back as if-match with a PUT; a 412 carries the current value and tag, so nothing is read
 * again. A place without a value reads as null.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { firebaseRealtime } from 'unconflict/presets';
 * const client = createClient({ resources: { '/upvotes/*': firebaseRealtime() } });
 * ```
 * @see Firebase documentation, "Saving Data: conditional requests" (Realtime Database REST API)
 */
export function firebaseRealtime<T = JsonValue>(overrides: ResourceOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version: etag({ weak: 'verbatim', gzipSuffix: 'keep', create: { header: { 'if-match': 'null_etag' } } }),
      write: 'put',
      headers: { 'X-Firebase-ETag': 'true' },
      conflictBody: ({ status, headers, body }) => {
        const version = headers.get('etag');
        return status === 412 && version !== null ? { body, version } : undefined;
      },
    },
    overrides,
  );
}
