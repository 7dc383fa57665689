import type { Options as KyOptions } from 'ky';
import ky from 'ky';
import { lowerCased } from '../resource/identity-key.js';
import { said } from './check.js';
import type { AnyResourceOptions, ClientOptions } from './client-options.js';
import { checkClient } from './tables.js';

/** Options laid over each other: tables add up, the later wins per entry; every other option replaces the earlier one. `undefined` says nothing. */
export function layered(layers: readonly AnyResourceOptions[]): AnyResourceOptions {
  const table = (name: 'merge' | 'retry') => Object.assign({}, ...layers.map((layer) => said(layer[name])));
  const headers = new Headers();
  for (const layer of layers) for (const [name, value] of new Headers(layer.headers)) headers.set(name, value);
  return {
    ...Object.assign({}, ...layers.map(said)),
    merge: table('merge'),
    retry: table('retry'),
    headers,
  };
}

/** A client's ky options with others on top, by ky's own rules. It tells what it made of them only to a function given to `extend`. */
export function mergedByKy(parent: KyOptions, child: KyOptions): KyOptions {
  if (Object.keys(parent).length === 0) return child;
  let merged: KyOptions = {};
  ky.create(parent)
    .extend(child)
    .extend((options) => {
      merged = options;
      return {};
    });
  return merged;
}

/** A client's options with others on top: ky's own by ky's rules, resources pattern by pattern, the rest replaced. */
export function extended(
  parent: ClientOptions,
  more: ClientOptions | ((parent: ClientOptions) => ClientOptions),
): ClientOptions {
  const own = typeof more === 'function' ? more({ ...parent }) : more;
  // Before they are laid over the parent's: what is no table cannot be told from one any more then.
  checkClient(own);
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

/** A client's options, ours and ky's apart. */
export function split(options: ClientOptions): { readonly ours: Ours; readonly kys: KyOptions } {
  const { resources, defaults, logger, onEvent, memory, maxBodyBytes, locks, outbox: _outbox, ...kys } = options;
  if (kys.headers !== undefined) kys.headers = lowerCased(kys.headers);
  const ours = { resources, defaults, logger, onEvent, memory, maxBodyBytes, locks };
  return { ours: Object.fromEntries(Object.entries(ours).filter(([, value]) => value !== undefined)), kys };
}
