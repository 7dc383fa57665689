import type { ResourceOptions } from '../../contract/resource-options.js';
import type { PointerPattern } from '../../core/json.js';
import type { MergeRule } from '../../core/rules/rule.js';

/** What a preset knows of its API, with the caller's options on top: tables (`merge`, `headers`) add up, every other option replaces the preset's. */
export function preset<T>(known: ResourceOptions<T>, overrides: ResourceOptions<T>): ResourceOptions<T> {
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const headers = new Headers(known.headers);
  for (const [name, value] of new Headers(overrides.headers)) headers.set(name, value);
  return {
    ...known,
    ...given,
    ...(known.headers === undefined && overrides.headers === undefined ? {} : { headers: [...headers] }),
    ...(known.merge === undefined && overrides.merge === undefined
      ? {}
      : { merge: { ...known.merge, ...overrides.merge } }),
  };
}

/** Paths that the server owns: never sent, never a conflict. */
export function serverOwned(...paths: PointerPattern[]): Record<PointerPattern, MergeRule> {
  return Object.fromEntries(paths.map((path) => [path, { rule: 'server' }]));
}
