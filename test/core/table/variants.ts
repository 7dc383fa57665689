import type { JsonValue, MergeRule, Patch } from '../../../src/core/index.js';
import { apply, list } from '../../../src/core/index.js';
import { equal, isContainer, isObject, pointerOf, setOwn, shuffled } from '../tools.js';
import type { RebaseCase } from './case.js';

/** A way to say the same case in another document: `undefined` where that is not the same case any more. */
export type Variant = (one: RebaseCase) => RebaseCase | undefined;

/** The places of a case are put below a prefix; in remote that may be another one. */
function below(one: RebaseCase, base: string, remote: string, pattern: string): Partial<RebaseCase> | undefined {
  const { conflicts, merge, resolutions, settled, emits } = one;
  const whole = [...one.patch, ...(emits ?? [])].some(({ path }) => path === '');
  if (whole || (conflicts ?? []).some((line) => line.includes('(root)'))) return undefined;
  const put = (patch: Patch, prefix: string): Patch =>
    patch.map((operation) =>
      'from' in operation
        ? { ...operation, from: prefix + operation.from, path: prefix + operation.path }
        : { ...operation, path: prefix + operation.path },
    );
  const inPlace = (line: string): string => {
    const [, kinds = '', path = '', was = path, rest = ''] =
      /^(\S+) (\S+?)(?: was (\S+?))?((?: ops [\d ]+)?)$/.exec(line) ?? [];
    return `${kinds} ${path === '*' ? path : remote + path} was ${was === '*' ? was : base + was}${rest}`;
  };
  const keyed = <T>(table: Record<string, T>, prefix: string): Record<string, T> =>
    Object.fromEntries(Object.entries(table).map(([path, rule]) => [prefix + path, rule]));
  return {
    patch: put(one.patch, base),
    ...(emits === undefined ? {} : { emits: put(emits, remote) }),
    ...(conflicts === undefined ? {} : { conflicts: conflicts.map(inPlace) }),
    ...(merge === undefined ? {} : { merge: keyed(merge, pattern) }),
    ...(resolutions === undefined ? {} : { resolutions: keyed(resolutions, base) }),
    ...(settled === undefined ? {} : { settled: settled.map((line) => remote + line) }),
  };
}

/** As a member of an object. */
export const asMember: Variant = (one) => {
  const places = below(one, '/n', '/n', '/n');
  if (places === undefined) return undefined;
  const { message: _gone, value, ...rest } = one;
  const put = (inner: JsonValue): JsonValue => ({ m: 1, n: inner });
  return {
    ...rest,
    ...places,
    base: put(one.base),
    remote: put(one.remote),
    ...(value === undefined ? {} : { value: put(value) }),
  };
};

/** Inside an item that moved down. Where remote is base or local, it is not any more. */
export const inItem: Variant = (one) => {
  const { base, patch, remote, inDoubt, resolutions } = one;
  if (inDoubt === true || resolutions !== undefined) return undefined;
  if (equal(base, remote) || equal(apply(base, patch), remote)) return undefined;
  const places = below(one, '/0/in', '/1/in', '/*/in');
  if (places === undefined) return undefined;
  const { emits, ...elsewhere } = places;
  const { message: _gone, emits: _told, value, ...rest } = one;
  const put = (inner: JsonValue): JsonValue => [{ id: 'new' }, { id: 'old', in: inner }];
  return {
    ...rest,
    ...elsewhere,
    ...(emits === undefined || isLeftOpen(emits) ? {} : { emits }),
    base: [{ id: 'old', in: base }],
    remote: put(remote),
    ...(value === undefined ? {} : { value: put(value) }),
  };
};

/** Where something shifts, the law leaves it to the script how several moves are told. */
function isLeftOpen(emits: Patch): boolean {
  return emits.filter(({ op }) => op === 'move').length > 1;
}

/** Remote orders its members otherwise. */
export const inOtherOrder: Variant = (one) => ({ ...one, remote: shuffled(one.remote) });

/** Patterns of the lists in which every item is an object with an `id`. */
function keyedLists(documents: readonly JsonValue[]): Set<string> {
  const found = new Set<string>();
  const visit = (here: JsonValue, tokens: readonly string[]): void => {
    if (Array.isArray(here) && here.some((item) => isObject(item) && 'id' in item)) found.add(pointerOf(tokens));
    if (!isContainer(here)) return;
    for (const [name, inner] of Object.entries(here)) visit(inner, [...tokens, Array.isArray(here) ? '*' : name]);
  };
  for (const document of documents) visit(document, []);
  return found;
}

function declaring(one: RebaseCase, key: string): Record<string, MergeRule> | undefined {
  const places = keyedLists([one.base, one.remote, apply(one.base, one.patch)]);
  if (one.undeclared === true || places.size === 0 || Object.keys(one.merge ?? {}).some((path) => places.has(path)))
    return undefined;
  return { ...Object.fromEntries([...places].map((path) => [path, list({ key })])), ...one.merge };
}

/** The keys are declared. */
export const declared: Variant = (one) => {
  const merge = declaring(one, 'id');
  return merge === undefined ? undefined : { ...one, merge };
};

function renamed(value: JsonValue, name: string): JsonValue {
  if (Array.isArray(value)) return value.map((item) => renamed(item, name));
  if (!isObject(value)) return value;
  const other = {};
  for (const [member, inner] of Object.entries(value))
    setOwn(other, member === 'id' ? name : member, renamed(inner, name));
  return other;
}

/** The key has another name. */
function named(one: RebaseCase, name: string): RebaseCase | undefined {
  if (!JSON.stringify(one.base).includes('"id":') || JSON.stringify(one).includes(`"${name}":`)) return undefined;
  if (JSON.stringify(one.resolutions ?? {}).includes('"id":')) return undefined;
  const { sides: _sides, message: _message, merge, ...rest } = one;
  const text = JSON.stringify(rest).replaceAll('/id"', `/${name}"`);
  const other: RebaseCase = JSON.parse(text);
  const patch = (operations: Patch): Patch =>
    operations.map((operation) =>
      'value' in operation ? { ...operation, value: renamed(operation.value, name) } : operation,
    );
  return {
    ...other,
    ...(merge === undefined ? {} : { merge }),
    base: renamed(other.base, name),
    remote: renamed(other.remote, name),
    patch: patch(other.patch),
    ...(other.emits === undefined ? {} : { emits: patch(other.emits) }),
    ...(other.value === undefined ? {} : { value: renamed(other.value, name) }),
  };
}

/** The key is one that nobody would infer, and is declared. */
export const declaredOther: Variant = (one) => {
  const merge = declaring(one, 'sku');
  const other = merge === undefined ? undefined : named(one, 'sku');
  return other === undefined || merge === undefined ? undefined : { ...other, merge };
};

/** The key is another one of those that are inferred. */
export const inferredOther: Variant = (one) => (one.merge === undefined ? named(one, '_id') : undefined);
