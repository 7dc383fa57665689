/** One list as the four documents have it: the identities of its items, in order. */
export interface Orders {
  readonly base: readonly string[];
  readonly local: readonly string[];
  readonly remote: readonly string[];
  readonly merged: readonly string[];
}

/** Those of the first list that all the others have, too. */
function shared(list: readonly string[], ...others: (readonly string[])[]): string[] {
  return list.filter((one) => others.every((other) => other.includes(one)));
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');

/** Whether both sides ordered the items otherwise than base, and otherwise than each other: then they may have to be asked. */
export function bothReordered({ base, local, remote }: Orders): boolean {
  const [ofBase, ofLocal, ofRemote] = [
    shared(base, local, remote),
    shared(local, base, remote),
    shared(remote, base, local),
  ];
  return !same(ofBase, ofLocal) && !same(ofBase, ofRemote) && !same(ofLocal, ofRemote);
}

/**
 * What is wrong with the order of a merged list, of which the items are right. Of every two items the side that changed their order has its
 * way; an item that one side put there stays with its neighbours; of what both put into one gap, remote's comes first.
 */
export function wrongOrder({ base, local, remote, merged }: Orders): string | undefined {
  const kept = shared(base, local, remote, merged);
  const before = (list: readonly string[], a: string, b: string): boolean => list.indexOf(a) < list.indexOf(b);
  const wanted = (a: string, b: string): boolean => {
    const [inBase, inLocal] = [before(base, a, b), before(local, a, b)];
    return inLocal === inBase ? before(remote, a, b) : inLocal;
  };
  const cyclic = kept.some((a) =>
    kept.some((b) => kept.some((c) => a !== b && b !== c && a !== c && wanted(a, b) && wanted(b, c) && wanted(c, a))),
  );
  for (const a of kept) {
    for (const b of kept) {
      if (a === b) continue;
      const agreed = before(local, a, b) === before(remote, a, b);
      if ((agreed || !cyclic) && wanted(a, b) !== before(merged, a, b))
        return `${a} and ${b} stand the wrong way round`;
    }
  }
  return (
    wrongNeighbours(remote, local, base, merged, kept) ??
    wrongNeighbours(local, remote, base, merged, kept) ??
    wrongGap({ base, local, remote, merged })
  );
}

/** What `maker` alone put there. Where the other side left the order alone, maker's order holds; else a neighbour is still one. */
function wrongNeighbours(
  maker: readonly string[],
  other: readonly string[],
  base: readonly string[],
  merged: readonly string[],
  kept: readonly string[],
): string | undefined {
  const theirs = maker.filter((one) => merged.includes(one) && (kept.includes(one) || !other.includes(one)));
  const inMerged = merged.filter((one) => theirs.includes(one));
  if (same(shared(other, kept), shared(base, kept)))
    return same(theirs, inMerged) ? undefined : `expected in the order ${theirs.join(' ')}`;
  const old = (one: string | undefined): boolean => one === undefined || kept.includes(one);
  for (const one of theirs) {
    if (kept.includes(one)) continue;
    const [was, is] = [theirs.indexOf(one), merged.indexOf(one)];
    const isBehind = merged.slice(0, is).reverse().find(old);
    const isAhead = merged.slice(is + 1).find(old);
    const [isAfter, isBefore] = [
      isBehind === undefined || theirs.indexOf(isBehind) < was,
      isAhead === undefined || theirs.indexOf(isAhead) > was,
    ];
    if (!isAfter && !isBefore) return `${one} stands beside nobody it stood beside`;
  }
  return undefined;
}

/** Nobody reordered: in each gap remote's own come first, then local's. */
function wrongGap({ base, local, remote, merged }: Orders): string | undefined {
  const there = [base, local, remote].map((list) => shared(list, base, local, remote));
  if (!same(there[0] ?? [], there[1] ?? []) || !same(there[0] ?? [], there[2] ?? [])) return undefined;
  let localCame = false;
  // A gap in which base had something that is gone is not one gap.
  const whole = (from: string | undefined, to: string | undefined): boolean => {
    const [a, b] = [from === undefined ? -1 : base.indexOf(from), to === undefined ? base.length : base.indexOf(to)];
    // Nor is one in which a side has something of base that the other took out.
    const between = (list: readonly string[]): readonly string[] =>
      list.slice(from === undefined ? 0 : list.indexOf(from) + 1, to === undefined ? list.length : list.indexOf(to));
    return b === a + 1 && ![...between(local), ...between(remote)].some((one) => base.includes(one));
  };
  let from: string | undefined;
  let wrong: string | undefined;
  for (const one of [...merged, undefined]) {
    if (one === undefined || base.includes(one)) {
      if (wrong !== undefined && whole(from, one)) return wrong;
      [from, wrong, localCame] = [one, undefined, false];
    } else if (!remote.includes(one)) localCame = true;
    else if (localCame && !local.includes(one)) wrong = `${one} is remote's and should come first`;
  }
  return undefined;
}
