import type { VersionCodec, VersionScheme } from './version-scheme.js';

/**
 * No versions at all: writes are sent as they are, and a conflict is only reported, never rebased.
 *
 * @example
 * ```ts
 * import { createClient, unversioned } from 'unconflict';
 * const client = createClient({ resources: { '/logs/*': { version: unversioned() } } });
 * ```
 * @returns a scheme for `version` of the resource options.
 */
export function unversioned(): VersionScheme {
  const codec: VersionCodec = {
    name: 'unversioned',
    versioned: false,
    source: 'nowhere: the resource is declared unversioned()',
    corsHeader: undefined,
    read: () => undefined,
    guard: () => ({ in: 'query', parameters: [] }),
    guardDelete: () => ({ in: 'query', parameters: [] }),
    guardCreate: () => undefined,
    key: (version) => version,
    dubious: () => false,
    refuses: () => false,
  };
  return Object.freeze(codec);
}
