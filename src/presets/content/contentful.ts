import type { ResourceOptions } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import { field } from '../../protocol/versions/field.js';
import { preset, serverOwned } from '../parts/preset.js';

/** Options of {@link contentful}. */
export interface ContentfulOptions<T = JsonValue> extends ResourceOptions<T> {
  /** The content type of an entry that is to be created, sent as `X-Contentful-Content-Type`. */
  readonly contentType?: string;
}

/**
 * Entries and assets of the Contentful Management API: `sys.version` goes back as `X-Contentful-Version`; edits are JSON Patch; 409 `VersionMismatch` is stale. `sys` is
 * the server's.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { contentful } from 'unconflict/presets';
 * const client = createClient({ resources: { '/spaces/:space/environments/:env/entries/:id': contentful() } });
 * ```
 * @see Contentful documentation, "Content Management API: updating and version locking", "Patch an entry"
 */
export function contentful<T = JsonValue>({
  contentType,
  ...overrides
}: ContentfulOptions<T> = {}): ResourceOptions<T> {
  return preset<T>(
    {
      version: field('/sys/version', { send: { header: 'X-Contentful-Version' }, create: 'none' }),
      write: 'json-patch',
      ...(contentType === undefined ? {} : { headers: { 'X-Contentful-Content-Type': contentType } }),
      merge: serverOwned('/sys'),
    },
    overrides,
  );
}
