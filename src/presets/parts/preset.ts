import type { MergeTable } from '../../contract/paths.js';
import type { ResourceOptions } from '../../contract/resource-options.js';
import type { PointerPattern } from '../../core/json.js';
import type { MergeRule } from '../../core/rules/rule.js';

/** What a preset knows of its API, whose documents have more members than the caller's type may name. */
interface Known<T> extends Omit<ResourceOptions<T>, 'merge'> {
  readonly merge?: Record<PointerPattern, MergeRule>;
}

/** What a preset knows of its API, with the caller's options on top: tables (`merge`, `headers`) add up, every other option replaces the preset's. */
export function preset<T>(known: Known<T>, overrides: ResourceOptions<T>): ResourceOptions<T> {
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const headers = new Headers(known.headers);
  for (const [name, value] of new Headers(overrides.headers)) headers.set(name, value);
  const { merge, ...rest } = known;
  const rules: Record<PointerPattern, MergeRule> = { ...merge, ...overrides.merge };
  return {
    ...rest,
    ...given,
    ...(known.headers === undefined && overrides.headers === undefined ? {} : { headers: [...headers] }),
    ...(Object.keys(rules).length === 0 ? {} : { merge: rules as MergeTable<T> }),
  };
}

/** Paths that the server owns: never sent, never a conflict. */
export function serverOwned(...paths: PointerPattern[]): Record<PointerPattern, MergeRule> {
  return Object.fromEntries(paths.map((path) => [path, { rule: 'server' }]));
}
