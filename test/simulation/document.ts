import type { JsonObject, JsonValue } from '../../src/core/json.js';
import { isObject } from '../../src/core/json.js';
import type { Random } from './random.js';
import { below } from './random.js';

/** What an edit does, each in a way whose trace can be found again. */
export type Deed =
  /** A token of its own, put where no other edit can conflict with it. */
  | { readonly kind: 'token'; readonly token: string; readonly where: number; readonly at: number }
  /** Adds to a number under `counter()`. */
  | { readonly kind: 'count'; readonly by: number }
  /** Appends to a plain list of equal scalars. */
  | { readonly kind: 'log' }
  /** Writes what others write too. */
  | { readonly kind: 'title'; readonly token: string }
  /** Breaks a rule of the server. */
  | { readonly kind: 'forbidden'; readonly token: string };

export function startDocument(): JsonObject {
  return {
    plain: ['start'],
    keyed: [{ id: 'first', n: 0 }],
    map: {},
    count: 0,
    log: ['x'],
    title: 'start',
    flag: false,
    forbidden: {},
  };
}

/** The server's business rule: nothing may be under `forbidden`. */
export function isForbidden(value: JsonValue): boolean {
  if (!isObject(value)) return false;
  const { forbidden } = value;
  return isObject(forbidden) && Object.keys(forbidden).length > 0;
}

export function tokenDeed(token: string, random: Random): Deed {
  return { kind: 'token', token, where: below(random, 4), at: random() };
}

export function done(value: JsonValue, deed: Deed): JsonValue {
  const document: JsonObject = isObject(value) ? value : {};
  switch (deed.kind) {
    case 'token':
      return withToken(document, deed.token, deed.where, deed.at);
    case 'count':
      return { ...document, count: countOf(document) + deed.by };
    case 'log':
      return { ...document, log: [...listAt(document, 'log'), 'x'] };
    case 'title':
      return { ...document, title: deed.token };
    case 'forbidden':
      return { ...document, forbidden: { [deed.token]: true } };
  }
}

/** Somebody else's switch, which goes back and forth: contents come back. */
export function toggled(value: JsonValue): JsonValue {
  return isObject(value) ? { ...value, flag: value.flag !== true } : value;
}

export function countOf(value: JsonValue | undefined): number {
  const count = isObject(value) ? value.count : undefined;
  return typeof count === 'number' ? count : 0;
}

export function logOf(value: JsonValue | undefined): number {
  return isObject(value) ? listAt(value, 'log').length : 0;
}

export function titleOf(value: JsonValue | undefined): JsonValue | undefined {
  return isObject(value) ? value.title : undefined;
}

/** How often each token stands in it. */
export function tokensOf(value: JsonValue | undefined): Map<string, number> {
  const found = new Map<string, number>();
  if (!isObject(value)) return found;
  const { map, forbidden } = value;
  const names: JsonValue[] = [
    ...listAt(value, 'plain'),
    ...listAt(value, 'keyed').map((item) => (isObject(item) ? (item.id ?? null) : null)),
    ...(isObject(map) ? Object.keys(map) : []),
    ...(isObject(forbidden) ? Object.keys(forbidden) : []),
  ];
  for (const name of names) if (typeof name === 'string') found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

function listAt(value: JsonObject, key: string): JsonValue[] {
  const list = value[key];
  return Array.isArray(list) ? list : [];
}

function withToken(document: JsonObject, token: string, where: number, share: number): JsonValue {
  const plain = listAt(document, 'plain');
  switch (where) {
    case 0:
      return { ...document, plain: [...plain, token] };
    case 1:
      return { ...document, keyed: [{ id: token, n: 1 }, ...listAt(document, 'keyed')] };
    case 2:
      return { ...document, map: { ...(isObject(document.map) ? document.map : {}), [token]: true } };
    default: {
      const at = Math.floor(share * (plain.length + 1));
      return { ...document, plain: [...plain.slice(0, at), token, ...plain.slice(at)] };
    }
  }
}
