import type { Autosave, Draft, DraftOptions } from '../../contract/draft.js';
import type { ConflictResolver } from '../../contract/resolver.js';
import type { Resource } from '../../contract/resource.js';
import type { ClientCore } from '../client-core.js';
import type { Way } from '../handle-way.js';
import { badOption } from '../options/bad-option.js';
import { randomId } from '../random-id.js';
import type { DraftHost } from './host.js';
import { LateDraft } from './late-draft.js';
import { loadDraftCode } from './load.js';

/** A draft of a handle's resource. @throws InvalidOptionsError */
export function openDraft<T>(
  core: ClientCore,
  target: URL,
  way: Way,
  resource: Resource<T>,
  { autosave = false, onConflict }: DraftOptions<T>,
): Draft<T> {
  const { merge, resolve } = way.policy.engine;
  if (onConflict !== undefined && typeof onConflict !== 'function')
    badOption('draft', 'onConflict', 'must be a function');
  return new LateDraft<T>({
    // Inside, documents are JSON, whatever their type.
    resource: resource as Resource<unknown> as Resource,
    merge,
    resolve: (onConflict ?? resolve) as ConflictResolver | undefined,
    autosave: autosaveOf(autosave),
    owing: core.owing,
    allow: (options) => core.allow(options),
    load: loadDraftCode,
    isClosed: () => core.closed,
    observe: (listener) => core.observe(listener),
    sendLast: sendLastOf(core, target, way),
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

/** One write past the queue: nothing may be waited for while the page goes. Conditional like every other. */
function sendLastOf(core: ClientCore, target: URL, { policy, queue }: Way): DraftHost['sendLast'] {
  return async ({ base, patch, local }) => {
    const { transport } = core;
    const port = core.portFor(target, policy, core.formsOf(queue, policy), {
      transport: { ...transport, write: transport.write.extend({ keepalive: true }) },
      conditional: policy.engine.requireVersion,
      deleteBody: undefined,
      onAccepted: undefined,
    });
    const write = { kind: 'update', base, local, patch, key: randomId() } as const;
    await port.write(write, new AbortController().signal).catch(() => {});
  };
}
