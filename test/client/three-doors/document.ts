import type { Random } from '../../simulation/random.js';
import { below } from '../../simulation/random.js';

/** An item has an id or a name, and may have a price. */
type Item = Readonly<Record<string, string | number>>;

/** What is edited: tokens, each put where no other edit can conflict with it. */
export type Doc = {
  readonly map: Readonly<Record<string, true>>;
  readonly items: readonly Item[];
  readonly log: readonly string[];
};

export const START: Doc = { map: { first: true }, items: [{ id: 'item' }], log: ['start'] };

/** One change of the document; `random` says where. */
export type Change = (doc: Doc, random: Random) => Doc;

/** Puts a token in. `untidy`: as somebody types it whose server will keep it in another form. */
export const adding =
  (token: string, untidy: boolean): Change =>
  (doc, random) => {
    const { map, items, log } = doc;
    const typed = untidy ? ` ${token.toUpperCase()} ` : token;
    const item = untidy ? { name: typed, price: random() * 10 } : { id: token };
    switch (below(random, 3)) {
      case 0:
        return { ...doc, map: { ...map, [token]: true } };
      case 1: {
        const at = below(random, items.length + 1);
        return { ...doc, items: [...items.slice(0, at), item, ...items.slice(at)] };
      }
      default:
        return { ...doc, log: [...log, typed] };
    }
  };

/** Nothing was sent: what was to be taken out is not there. */
export class NotThere extends Error {}

/** Takes a token out. */
export const striking =
  (token: string): Change =>
  (doc) => {
    if (!tokensOf(doc).has(token)) throw new NotThere(token);
    const { [token]: _gone, ...map } = doc.map;
    const items = doc.items.filter((item) => nameOf(item) !== token);
    return { ...doc, map, items, log: doc.log.filter((line) => tidy(line) !== token) };
  };

/** Any change that a server may make of what was typed leaves this as it is. */
const tidy = (text: string): string => text.trim().toLowerCase();

const nameOf = ({ id, name }: Item): string => tidy(String(name ?? id));

/** How often each token stands in it. */
export function tokensOf({ map, items, log }: Doc): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of [...Object.keys(map), ...items.map(nameOf), ...log.map(tidy)]) {
    found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}

export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && 'map' in value && 'items' in value && 'log' in value;
}
