import type { Autosave, Draft, DraftOptions } from '../../contract/draft.js';
import type { ConflictResolver } from '../../contract/resolver.js';
import type { Resource } from '../../contract/resource.js';
import type { ClientCore } from '../client-core.js';
import { badOption } from '../options/bad-option.js';
import type { Way } from '../resource/way.js';
import type { DraftHost } from './host.js';
import { LateDraft } from './late-draft.js';

/** A draft of a handle's resource. @throws InvalidOptionsError */
export function openDraft<T>(
  core: ClientCore,
  way: Way,
  resource: Resource<T>,
  { autosave = false, onConflict }: DraftOptions<T>,
): Draft<T> {
  const { merge, resolve } = way.policy.engine;
  if (onConflict !== undefined && typeof onConflict !== 'function')
    badOption('draft', 'onConflict', 'must be a function');
  core.prefetch();
  return new LateDraft<T>({
    // Inside, documents are JSON, whatever their type.
    resource: resource as Resource<unknown> as Resource,
    merge,
    resolve: (onConflict ?? resolve) as ConflictResolver | undefined,
    autosave: autosaveOf(autosave),
    owing: core.owing,
    allow: (options) => core.allow(options),
    load: () => core.chunks.draft.load(),
    isClosed: () => core.closed,
    observe: (listener) => core.observe(listener),
    // A draft that has something to send has long made it be fetched.
    sendLast: async (sending) => core.chunks.write.loaded?.sendLast(way, sending),
  });
}

function autosaveOf(autosave: boolean | Autosave): DraftHost['autosave'] {
  if (autosave === false) return undefined;
  const { after = 800, atMost = 5_000 } = autosave === true ? {} : autosave;
  for (const [option, ms] of Object.entries({ after, atMost }))
    if (!(typeof ms === 'number' && ms >= 0))
      badOption('draft.autosave', option, 'must be a number of ms of at least 0');
  return { after, atMost };
}
