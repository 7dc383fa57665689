import type { EditOptions } from '../contract/resource.js';
import type { ResourcePort } from '../engine/port.js';
import type { Queue } from '../engine/queue.js';
import type { ClientCore } from './client-core.js';
import type { AnyResourceOptions } from './options/client-options.js';
import { layered, said } from './options/layered.js';
import type { ResourcePolicy } from './options/resource-policy.js';
import { resourcePolicy } from './options/resource-policy.js';
import { firstBytes, withOwnKey } from './plain/own-key.js';

/** How one call goes out: the handle's own way, or one with the call's options on top. */
export interface Way {
  readonly policy: ResourcePolicy;
  readonly port: ResourcePort;
  readonly queue: Queue;
  /** No call brought options of its own: edits that go this way can travel together. */
  readonly shared: boolean;
}

const sharedWays = new WeakMap<Queue, Way>();

/** The way of a resource's handles: one for all that bring no options of their own, so that their edits travel together. */
export function handleWay(core: ClientCore, target: URL, own: AnyResourceOptions): Way {
  const where = `resource("${target.pathname}")`;
  if (Object.keys(said(own)).length === 0) return sharedWay(core, target);
  return wayOf(core, target, resourcePolicy(layered([...core.layersFor(target), own]), where, true), true);
}

function sharedWay(core: ClientCore, target: URL): Way {
  const policy = core.handlePolicy(target);
  const known = sharedWays.get(core.queueOf(target, policy));
  if (known !== undefined) return known;
  const way = wayOf(core, target, policy, true);
  sharedWays.set(way.queue, way);
  return way;
}

/** The way of one call. */
export function callWay<T>(
  core: ClientCore,
  target: URL,
  own: AnyResourceOptions,
  way: Way,
  { merge, resolve, headers, retry }: EditOptions<T>,
): Way {
  if (!(merge ?? resolve ?? headers ?? retry)) return way;
  const asked = said({ merge, resolve, headers, retry });
  const policy = resourcePolicy(layered([...core.layersFor(target), own, asked]), 'options', true);
  return wayOf(core, target, { ...policy, request: withOwnKey(policy.request, firstBytes()) }, false);
}

function wayOf(core: ClientCore, target: URL, policy: ResourcePolicy, shared: boolean): Way {
  const queue = core.queueOf(target, policy);
  const forms = core.formsOf(queue, policy);
  const { transport } = core;
  const conditional = policy.engine.requireVersion;
  const port = core.portFor(target, policy, forms, {
    transport,
    conditional,
    deleteBody: undefined,
    onAccepted: undefined,
  });
  return { policy, port, queue, shared };
}
