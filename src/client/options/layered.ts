import type { AnyResourceOptions } from './client-options.js';

/** Options laid over each other: tables add up, the later wins per entry; every other option replaces the earlier one. `undefined` says nothing. */
export function layered(layers: readonly AnyResourceOptions[]): AnyResourceOptions {
  const headers = new Headers();
  for (const layer of layers) for (const [name, value] of new Headers(layer.headers)) headers.set(name, value);
  return {
    ...Object.assign({}, ...layers.map(said)),
    merge: Object.assign({}, ...layers.map(({ merge }) => said(merge))),
    retry: Object.assign({}, ...layers.map(({ retry }) => said(retry))),
    headers,
  };
}

/** What is really said: an option set to `undefined` is as good as left out. */
export function said(table: object | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table ?? {}).filter(([, value]) => value !== undefined));
}
