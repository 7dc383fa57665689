import type { EditOptions } from '../../contract/resource.js';
import type { PortWrite } from '../../engine/port.js';
import type { ClientCore } from '../client-core.js';
import type { Wire } from '../http/transport.js';
import { said } from '../options/check.js';
import type { AnyResourceOptions } from '../options/client-options.js';
import { layered } from '../options/layered.js';
import type { RequestPolicy, ResourcePolicy } from '../options/resource-policy.js';
import { resourcePolicy } from '../options/resource-policy.js';
import { checkResource } from '../options/tables.js';
import type { PlainHeaders } from './identity-key.js';
import { selfOf } from './identity-key.js';
import type { KnownResource } from './known-resource.js';

/** How one call goes out: the handle's own way, or one with the call's options on top. */
export interface Way {
  readonly policy: ResourcePolicy;
  readonly wire: Wire;
  readonly known: KnownResource;
  /** No call brought options of its own: edits that go this way can travel together. */
  readonly shared: boolean;
}

const sharedWays = new WeakMap<KnownResource, Way>();

/** The way of a resource's handles: one for all that bring no options of their own, so that their edits travel together. */
export function handleWay(core: ClientCore, target: URL, own: AnyResourceOptions): Way {
  if (Object.keys(said(own)).length === 0) {
    const policy = core.handlePolicy(target);
    const known = core.known(target, policy);
    const way = sharedWays.get(known) ?? wayOf(core, target, policy, true);
    sharedWays.set(known, way);
    return way;
  }
  const where = `resource("${target.pathname}")`;
  checkResource(own, where);
  return wayOf(core, target, resourcePolicy(layered([...core.layersFor(target), own]), where, true), true);
}

/** The way of one call. */
export function callWay<T>(
  core: ClientCore,
  target: URL,
  own: AnyResourceOptions,
  way: Way,
  { merge, resolve, headers, retry, origin }: EditOptions<T>,
): Way {
  if ((merge ?? resolve ?? headers ?? retry ?? origin) === undefined) return way;
  const asked = said({ merge, resolve, headers, retry, origin });
  checkResource(asked, 'options');
  const policy = resourcePolicy(layered([...core.layersFor(target), own, asked]), 'options', true);
  const request = withOwnKey(policy.request, firstBytes());
  return wayOf(core, target, { ...policy, request }, false, way.known.lane.asked);
}

/** @param read Headers that the resource is read with. What only a call brings makes no other resource of it, unless it says who is asking. */
function wayOf(core: ClientCore, target: URL, policy: ResourcePolicy, shared: boolean, read?: PlainHeaders): Way {
  const { headers } = policy.request;
  const known = core.known(target, policy, selfOf(headers, read));
  const wire = core.wireFor(target, policy, { notes: known.notes, conditional: policy.engine.requireVersion });
  return { policy, wire, known, shared };
}

/** Whether a write has the bytes that a caller's key was given for. `key` is the one it would get otherwise: the same for identical bytes. */
type IsOf = (write: PortWrite, key: string) => boolean;

/** Takes an idempotency key of the caller's out of the headers, which go with every write: other bytes get one of ours. */
export function withOwnKey(request: RequestPolicy, isOf: IsOf): RequestPolicy {
  const { idempotencyHeader = 'Idempotency-Key' } = request;
  const { [idempotencyHeader.toLowerCase()]: given, ...headers } = request.headers;
  if (given === undefined) return request;
  const ownKey = (write: PortWrite, key: string): string | undefined => (isOf(write, key) ? given : undefined);
  return { ...request, headers, idempotencyHeader, ownKey };
}

/** For who did not make the bytes: the key goes with the first of them. */
function firstBytes(): IsOf {
  let first: string | undefined;
  return (_write, key) => {
    first ??= key;
    return key === first;
  };
}
