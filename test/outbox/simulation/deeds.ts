import type { Random } from '../../simulation/random.js';
import { below, pick } from '../../simulation/random.js';

/** A document that shows what was done to it. */
export interface Doc {
  title: string;
  text: string;
  /** The server refuses what begins with `bad` here. */
  rule: string;
  log: string[];
  items: { id: string; t: string }[];
  /** To base 4: how often each counting edit was made. */
  views: number;
}

export const FIELDS = ['title', 'text', 'rule'] as const;

/** What an edit does. Its trace can be told from that of any other. */
export type Deed =
  | { readonly kind: 'field'; readonly field: (typeof FIELDS)[number]; readonly token: string }
  | { readonly kind: 'append'; readonly token: string }
  | { readonly kind: 'add'; readonly token: string }
  | { readonly kind: 'mend'; readonly item: string; readonly token: string }
  | { readonly kind: 'remove'; readonly item: string }
  | { readonly kind: 'count'; readonly digit: number }
  | { readonly kind: 'create'; readonly token: string }
  | { readonly kind: 'delete' };

/** Counting edits of one document, so that its number stays exact. */
const DIGITS = 24;
const ITEMS = 4;

export function startDoc(): Doc {
  const items = Array.from({ length: ITEMS }, (_, index) => ({ id: `i${index}`, t: `i${index}` }));
  return { title: 'title', text: 'text', rule: 'rule', log: ['start'], items, views: 0 };
}

/** Some deed for a document. @param take Gives what is there once only: an item to be removed, a digit. Undefined: none is left. */
export function someDeed(random: Random, token: string, take: (what: 'item' | 'digit') => number | undefined): Deed {
  const kind = pick<Deed['kind']>(random, [
    'field',
    'field',
    'append',
    'append',
    'add',
    'mend',
    'remove',
    'count',
    'count',
  ]);
  switch (kind) {
    case 'field': {
      const field = pick<(typeof FIELDS)[number]>(random, ['title', 'text', 'text', 'rule']);
      const isBad = field === 'rule' && random() < 0.6;
      return { kind, field, token: isBad ? `bad-${token}` : token };
    }
    case 'mend':
      return { kind, item: `i${below(random, ITEMS)}`, token };
    case 'remove': {
      const item = take('item');
      return item === undefined || item >= ITEMS ? { kind: 'append', token } : { kind, item: `i${item}` };
    }
    case 'count': {
      const digit = take('digit');
      return digit === undefined || digit >= DIGITS ? { kind: 'append', token } : { kind, digit };
    }
    default:
      return { kind: kind === 'add' ? 'add' : 'append', token };
  }
}

export function doDeed(doc: Doc, deed: Deed): void {
  switch (deed.kind) {
    case 'field':
      doc[deed.field] = deed.token;
      return;
    case 'append':
      doc.log.push(deed.token);
      return;
    case 'add':
      doc.items.push({ id: deed.token, t: deed.token });
      return;
    case 'mend':
      for (const item of doc.items) if (item.id === deed.item) item.t = deed.token;
      return;
    case 'remove':
      doc.items = doc.items.filter(({ id }) => id !== deed.item);
      return;
    case 'count':
      doc.views += 4 ** deed.digit;
      return;
    case 'create':
    case 'delete':
      throw new Error(`no recipe makes a ${deed.kind}`);
  }
}

/** The places that hold one thing, each with what it holds, and what is there so and so often. */
export interface Traces {
  readonly slots: ReadonlyMap<string, string>;
  readonly bag: ReadonlyMap<string, number>;
}

export function tracesOf(doc: Doc | undefined): Traces {
  const slots = new Map<string, string>();
  const bag = new Map<string, number>();
  if (doc === undefined) return { slots, bag };
  const put = (name: string, times: number): void => void bag.set(name, (bag.get(name) ?? 0) + times);
  slots.set('there', 'yes');
  for (const field of FIELDS) slots.set(field, doc[field]);
  for (const entry of doc.log) put(entry, 1);
  for (const { id, t } of doc.items) {
    slots.set(`items.${id}`, t);
    put(`items.${id}`, 1);
  }
  let rest = doc.views;
  for (let digit = 0; rest > 0; digit += 1, rest = Math.floor(rest / 4)) put(`#${digit}`, rest % 4);
  return { slots, bag };
}

/** Where a deed leaves its trace: something a place holds (undefined: nothing is left there), or one more of something. */
export function traceOf(
  deed: Deed,
): { readonly slot: string; readonly holds: string | undefined } | { readonly bag: string } {
  switch (deed.kind) {
    case 'field':
      return { slot: deed.field, holds: deed.token };
    case 'mend':
      return { slot: `items.${deed.item}`, holds: deed.token };
    case 'remove':
      return { slot: `items.${deed.item}`, holds: undefined };
    case 'append':
      return { bag: deed.token };
    case 'add':
      return { bag: `items.${deed.token}` };
    case 'count':
      return { bag: `#${deed.digit}` };
    case 'create':
      return { slot: 'title', holds: deed.token };
    case 'delete':
      return { slot: 'there', holds: undefined };
  }
}
