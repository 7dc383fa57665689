import type { Random } from '../../simulation/random.js';
import { below } from '../../simulation/random.js';

/** What is edited: tokens, each put where no other edit can conflict with it. */
export type Doc = {
  readonly map: Readonly<Record<string, true>>;
  readonly items: readonly { readonly id: string }[];
  readonly log: readonly string[];
};

export const START: Doc = { map: { first: true }, items: [{ id: 'item' }], log: ['start'] };

/** The document with a token in it. */
export function withToken({ map, items, log }: Doc, token: string, random: Random): Doc {
  switch (below(random, 3)) {
    case 0:
      return { map: { ...map, [token]: true }, items, log };
    case 1: {
      const at = below(random, items.length + 1);
      return { map, items: [...items.slice(0, at), { id: token }, ...items.slice(at)], log };
    }
    default:
      return { map, items, log: [...log, token] };
  }
}

/** How often each token stands in it. */
export function tokensOf({ map, items, log }: Doc): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of [...Object.keys(map), ...items.map(({ id }) => id), ...log]) {
    found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}
