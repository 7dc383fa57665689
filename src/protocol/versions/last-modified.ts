import type { Guard, VersionCodec, VersionScheme } from './version-scheme.js';

/**
 * Versions are dates: `Last-Modified` on read, `If-Unmodified-Since` on write, `If-None-Match: *` on create.
 *
 * Its grain is one second: two writes within one second look alike, and the later silently wins. Use it only where there is no tag.
 *
 * @example
 * ```ts
 * import { createClient, lastModified } from 'unconflict';
 * const client = createClient({ resources: { '/files/*': { version: lastModified() } } });
 * ```
 * @returns a scheme for `version` of the resource options.
 * @see RFC 9110, 8.8.2 (Last-Modified), 13.1.4 (If-Unmodified-Since)
 */
export function lastModified(): VersionScheme {
  const guard = (version: string): Guard => ({ in: 'header', name: 'If-Unmodified-Since', value: version });
  const codec: VersionCodec = {
    name: 'lastModified',
    versioned: true,
    source: 'the Last-Modified header',
    corsHeader: 'Last-Modified',
    isCoarse: true,
    read: ({ headers }) => {
      const date = headers.get('last-modified')?.trim();
      return date === undefined || Number.isNaN(Date.parse(date)) ? undefined : date;
    },
    guard,
    guardDelete: guard,
    guardCreate: () => ({ in: 'header', name: 'If-None-Match', value: '*' }),
    key: (version) => String(Date.parse(version) || version),
    dubious: () => false,
    refuses: () => false,
  };
  return Object.freeze(codec);
}
