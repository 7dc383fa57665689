import type { Autosave, Draft, DraftOptions } from '../../contract/draft.js';
import type { ConflictResolver } from '../../contract/resolver.js';
import type { Resource } from '../../contract/resource.js';
import { assertJson, cloneJson, freezeJson } from '../../core/assert-json.js';
import type { JsonValue } from '../../core/json.js';
import type { ClientCore } from '../client-core.js';
import type { Way } from '../resource/way.js';
import type { DraftDoor, Kept } from './draft-handle.js';
import { DraftHandle } from './draft-handle.js';
import type { DraftHost } from './host.js';
import type { DraftTools } from './open-draft.js';

/** A draft of a handle's resource. @throws InvalidOptionsError */
export function makeDraft<T>(
  core: ClientCore,
  way: Way,
  resource: Resource<T>,
  { autosave = false, onConflict, from }: DraftOptions<T>,
  tools: DraftTools,
): Draft<T> {
  const { merge, resolve, origin } = way.policy.engine;
  const { own } = way.known.resource;
  const { badOption } = tools;
  if (onConflict !== undefined && typeof onConflict !== 'function')
    badOption('draft', 'onConflict', 'must be a function');
  // Now: what is typed before a sign-out is known by it.
  const shelf = core.outbox?.shelf();
  const door: DraftDoor = {
    ...tools,
    // Inside, documents are JSON, whatever their type.
    resource: resource as Resource<unknown> as Resource,
    merge,
    own: {
      get count() {
        return own.count;
      },
      formsSince: (count) => own.formsSince(count, origin),
    },
    resolve: (onConflict ?? resolve) as ConflictResolver | undefined,
    autosave: autosaveOf(autosave, tools),
    owing: core.owing,
    allow: (options) => core.allow(options),
    isClosed: () => core.closed,
    observe: (listener) => core.observe(listener),
    // A draft that has something to send has long made it be fetched.
    shelve(owed, left) {
      const write = core.chunks.write.loaded;
      if (shelf === undefined || write === undefined) return false;
      write.shelve(core, way, shelf, owed, left);
      return true;
    },
    sendLast: async (sending) => core.chunks.write.loaded?.sendLast(way, sending),
  };
  return new DraftHandle<T>(door, from && keptOf(from, resource.url, tools));
}

/** Copied: what was kept is the caller's. */
function keptOf<T>(
  { base, value }: NonNullable<DraftOptions<T>['from']>,
  url: string,
  { badOption }: DraftTools,
): Kept {
  if (base?.url !== url) badOption('draft', 'from.base', `must be a snapshot of ${url}, which this one is not`);
  const kept: { readonly base: unknown; readonly value: unknown } = { base: base.value, value };
  assertJson(kept.base, 'draft({ from: { base } })');
  assertJson(kept.value, 'draft({ from: { value } })');
  return { base: Object.freeze({ ...base, value: frozen(kept.base) }), value: frozen(kept.value) };
}

const frozen = (value: JsonValue): JsonValue => freezeJson(cloneJson(value));

function autosaveOf(autosave: boolean | Autosave, { badOption }: DraftTools): DraftHost['autosave'] {
  if (autosave === false) return undefined;
  const { after = 800, atMost = 5_000 } = autosave === true ? {} : autosave;
  for (const [option, ms] of Object.entries({ after, atMost }))
    if (!(typeof ms === 'number' && ms >= 0))
      badOption('draft.autosave', option, 'must be a number of ms of at least 0');
  return { after, atMost };
}
