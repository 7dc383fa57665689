import type { Options as KyOptions } from 'ky';
import { lowerCased } from '../resource/identity-key.js';
import type { ClientOptions } from './client-options.js';
import { layered } from './layered.js';
import { mergedByKy } from './merged-by-ky.js';

/** A client's options with others on top: ky's own by ky's rules, resources pattern by pattern, the rest replaced. */
export function extended(
  parent: ClientOptions,
  more: ClientOptions | ((parent: ClientOptions) => ClientOptions),
): ClientOptions {
  const own = typeof more === 'function' ? more({ ...parent }) : more;
  const [mine, theirs] = [split(parent), split(own)];
  const resources = { ...mine.ours.resources };
  for (const [pattern, options] of Object.entries(theirs.ours.resources ?? {})) {
    const known = resources[pattern];
    resources[pattern] = known === undefined ? options : layered([known, options]);
  }
  const defaults = layered([mine.ours.defaults ?? {}, theirs.ours.defaults ?? {}]);
  const merged = { ...mergedByKy(mine.kys, theirs.kys), ...mine.ours, ...theirs.ours, resources, defaults };
  // An outbox is one client's alone.
  return own.outbox === undefined || own.outbox === parent.outbox ? merged : { ...merged, outbox: own.outbox };
}

type Ours = Pick<ClientOptions, 'resources' | 'defaults' | 'logger' | 'onEvent' | 'memory' | 'maxBodyBytes' | 'locks'>;

function split(options: ClientOptions): { readonly ours: Ours; readonly kys: KyOptions } {
  const { resources, defaults, logger, onEvent, memory, maxBodyBytes, locks, outbox: _outbox, ...kys } = options;
  if (kys.headers !== undefined) kys.headers = lowerCased(kys.headers);
  const ours = { resources, defaults, logger, onEvent, memory, maxBodyBytes, locks };
  return { ours: Object.fromEntries(Object.entries(ours).filter(([, value]) => value !== undefined)), kys };
}
