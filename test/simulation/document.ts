import type { JsonObject, JsonValue } from '../../src/core/json.js';
import { isObject } from '../../src/core/json.js';
import type { Random } from './random.js';
import { below } from './random.js';
import type { World } from './world.js';

/** What an edit does, each in a way whose trace can be found again. */
export type Deed =
  /** A token of its own, put where no other edit can conflict with it. */
  | { readonly kind: 'token'; readonly token: string; readonly where: number; readonly at: number }
  /** Takes out a token that nobody else takes out. */
  | { readonly kind: 'strike'; readonly token: string }
  /** Adds to a number under `counter()`. */
  | { readonly kind: 'count'; readonly by: number }
  /** Appends to a plain list of equal scalars. */
  | { readonly kind: 'log' }
  /** Writes what others write too. */
  | { readonly kind: 'title'; readonly token: string }
  /** Breaks a rule of the server. */
  | { readonly kind: 'forbidden'; readonly token: string };

/** How many tokens a document starts with for each client to take out. */
export const STRIKES = 2;

export function strikeToken(client: number, index: number): string {
  return `s${client}-${index}`;
}

export function startDocument(clients: number): JsonObject {
  const strikes = Array.from({ length: clients }, (_, client) => client);
  return {
    plain: ['start'],
    keyed: [{ id: 'first', n: 0 }, ...strikes.map((client) => ({ id: strikeToken(client, 0), n: 0 }))],
    map: Object.fromEntries(strikes.map((client) => [strikeToken(client, 1), true])),
    count: 0,
    log: ['x'],
    title: 'start',
    flag: false,
    forbidden: {},
  };
}

/** The server's business rule: nothing may be under `forbidden`. */
export function isForbidden(value: JsonValue): boolean {
  return isObject(value) && Object.keys(objectAt(value, 'forbidden')).length > 0;
}

export function tokenDeed(token: string, random: Random): Deed {
  return { kind: 'token', token, where: below(random, 4), at: random() };
}

export function done(value: JsonValue, deed: Deed): JsonValue {
  const document: JsonObject = isObject(value) ? value : {};
  switch (deed.kind) {
    case 'token':
      return withToken(document, deed.token, deed.where, deed.at);
    case 'strike':
      return withoutToken(document, deed.token);
    case 'count':
      return { ...document, count: countOf(document) + deed.by };
    case 'log':
      return { ...document, log: [...listAt(document, 'log'), 'x'] };
    case 'title':
      return { ...document, title: deed.token };
    case 'forbidden':
      return { ...document, forbidden: { ...objectAt(document, 'forbidden'), [deed.token]: true } };
  }
}

/** Somebody else's switch, which goes back and forth: contents come back. */
export function toggled(value: JsonValue): JsonValue {
  return isObject(value) ? { ...value, flag: value.flag !== true } : value;
}

/** What a server makes of a document: it has an order of its own for lists of words, or says what it saw last. */
export function keptAs(how: World['keeps'], value: JsonValue, count: number): JsonValue {
  if (!isObject(value) || how === 'what was sent') return value;
  if (how === 'a stamp') return { ...value, stamp: { by: 'server', count } };
  return { ...value, plain: listAt(value, 'plain').toSorted((a, b) => (String(a) < String(b) ? -1 : 1)) };
}

export function countOf(value: JsonValue | undefined): number {
  const count = value !== undefined && isObject(value) ? value.count : undefined;
  return typeof count === 'number' ? count : 0;
}

export function logOf(value: JsonValue | undefined): number {
  return value !== undefined && isObject(value) ? listAt(value, 'log').length : 0;
}

export function titleOf(value: JsonValue | undefined): JsonValue | undefined {
  return isObject(value) ? value.title : undefined;
}

/** The names in each of its parts, in order; `map` and `forbidden` have none of their own. */
export function namesOf(value: JsonValue | undefined): {
  readonly lists: readonly string[][];
  readonly sets: string[];
} {
  if (value === undefined || !isObject(value)) return { lists: [[], []], sets: [] };
  const plain = listAt(value, 'plain').filter((name) => typeof name === 'string');
  const keyed = listAt(value, 'keyed').flatMap((item) =>
    isObject(item) && typeof item.id === 'string' ? [item.id] : [],
  );
  return { lists: [plain, keyed], sets: [...keysAt(value, 'map'), ...keysAt(value, 'forbidden')] };
}

/** How often each token stands in it. */
export function tokensOf(value: JsonValue | undefined): Map<string, number> {
  const found = new Map<string, number>();
  const { lists, sets } = namesOf(value);
  for (const name of [...lists.flat(), ...sets]) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

function listAt(value: JsonObject, key: string): JsonValue[] {
  const list = value[key];
  return Array.isArray(list) ? list : [];
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const object = value[key] ?? null;
  return isObject(object) ? object : {};
}

function keysAt(value: JsonObject, key: string): string[] {
  return Object.keys(objectAt(value, key));
}

function withToken(document: JsonObject, token: string, where: number, share: number): JsonValue {
  const plain = listAt(document, 'plain');
  switch (where) {
    case 0:
      return { ...document, plain: [...plain, token] };
    case 1:
      return { ...document, keyed: [{ id: token, n: 1 }, ...listAt(document, 'keyed')] };
    case 2:
      return { ...document, map: { ...objectAt(document, 'map'), [token]: true } };
    default: {
      const at = Math.floor(share * (plain.length + 1));
      return { ...document, plain: [...plain.slice(0, at), token, ...plain.slice(at)] };
    }
  }
}

function withoutToken(document: JsonObject, token: string): JsonValue {
  const { [token]: _struck, ...map } = objectAt(document, 'map');
  const keyed = listAt(document, 'keyed').filter((item) => !isObject(item) || item.id !== token);
  return { ...document, keyed, map };
}
