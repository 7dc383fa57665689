import type { Made } from './book.js';
import type { Doc } from './deeds.js';

/** What one process has appended is there in the order in which it was made, where it could be read in that order. Gives the lists of those whose is not. */
export function outOfOrder(all: readonly Made[], path: string, { log }: Doc): string[] {
  const made = all.filter(
    (each) =>
      each.path === path &&
      !each.isTyped &&
      each.process !== undefined &&
      each.remade === 0 &&
      !each.isLate &&
      !each.isUnkept,
  );
  return [...new Set(made.map(({ process }) => process))].flatMap((process) => {
    const own = made.filter((each) => each.process === process).sort((one, other) => one.seenAt - other.seenAt);
    const tokens = own.flatMap(({ deed }) => (deed.kind === 'append' ? [deed.token] : []));
    const kept = log.filter((token) => tokens.includes(token));
    const isSorted = kept.every((token, at) => at === 0 || tokens.indexOf(token) > tokens.indexOf(kept[at - 1] ?? ''));
    return isSorted ? [] : [`${kept} of ${process} in ${path}`];
  });
}

/** Between two tabs, of which one could not read what the other had stored, the clock decides, and that may have been put back meanwhile. */
export function isBefore(one: Made, other: Made, here: readonly Made[]): boolean {
  if (one.process === other.process || one.key === undefined || other.key === undefined)
    return here.indexOf(one) < here.indexOf(other);
  return one.key < other.key;
}
