import type { Change } from '../../diff/change.js';
import { changeOf, isTouchedInside, itemsOf } from '../../diff/change.js';
import { memberOf } from '../../json.js';
import { answerTo, clashOf } from '../conflict.js';
import { imageOf, placeOf, wouldBe } from '../image.js';
import type { Run } from '../run.js';
import type { Traced } from '../traced.js';
import { leave } from './moves.js';

/**
 * Decides, once everything is merged, which of local's moves are made: those whose target is there in the end. What does not arrive stays
 * where it was, and is told unless a conflict has told it already.
 */
export function settleMoves(run: Run, root: Change): Change {
  // What is put into something goes behind that.
  const elsewhere = [...run.elsewhere].sort((a, b) => a.tokens.length - b.tokens.length);
  for (const { tokens, change } of elsewhere) putAt(run, root, tokens, change);
  const arrivals = new Map<Change, Traced>();
  const held = new Set(run.leaving.values());
  for (const [node, change] of run.arrived) {
    if (change === undefined) continue;
    arrivals.set(change, node);
    // Its container may have been kept as remote has it.
    const image = held.has(node) ? undefined : node.origin && imageOf(run, node.origin);
    if (image !== undefined) putAt(run, root, image.tokens, leave(run, node, image.value));
  }
  if (run.leaving.size === 0 && run.emptied.size === 0) return root;
  const sources = new Set(run.leaving.values());
  const stays = new Set([...sources].filter((node) => !run.arrived.get(node) && !run.settled.has(node)));
  for (;;) {
    const stranded = new Set([...arrivals.values()].filter((node) => sources.has(node) && !stays.has(node)));
    const settled = resolved({ run, arrivals, stays, stranded }, root) ?? root;
    const [first] = stranded;
    if (first === undefined) {
      for (const node of stays) tellStay(run, node);
      return settled;
    }
    stays.add(first);
  }
}

interface Moves {
  readonly run: Run;
  /** What was moved, by what becomes of it where it arrives. */
  readonly arrivals: ReadonlyMap<Change, Traced>;
  /** What stays where remote has it. */
  readonly stays: ReadonlySet<Traced>;
  /** What was not met where it should arrive. */
  readonly stranded: Set<Traced>;
}

function tellStay(run: Run, node: Traced): void {
  const { origin } = node;
  const told = [...run.conflicts, ...run.resolved].some(({ operations }) =>
    node.ops.some((op) => operations.includes(op)),
  );
  if (told || origin === undefined) return;
  const image = imageOf(run, origin);
  const place = placeOf(run, origin, image?.tokens ?? wouldBe(run, origin));
  answerTo(run, clashOf('move', place, origin.value, node, image?.value));
}

/** The change without what leaves and what does not arrive; `undefined`: it goes itself. */
function resolved(moves: Moves, change: Change): Change | undefined {
  const { run, arrivals, stays, stranded } = moves;
  const under = run.under.get(change);
  const held = under && run.leaving.get(under);
  const out = (under && run.emptied.get(under)) ?? (held === undefined ? [] : [held]);
  if (under !== undefined && out.some((one) => stays.has(one))) return resolved(moves, { ...under, at: change.at });
  const leaves = run.leaving.get(change);
  if (leaves !== undefined && !stays.has(leaves)) return undefined;
  const node = arrivals.get(change);
  if (node !== undefined && stays.has(node)) return undefined;
  if (run.emptied.get(change)?.every((one) => !stays.has(one)) === true) return undefined;
  if (node !== undefined) stranded.delete(node);
  if (!isTouchedInside(change)) return change;
  const inside = (child: Change | null): Change | null => (child && resolved(moves, child)) ?? null;
  return {
    ...change,
    whole: undefined,
    members: change.members && new Map([...change.members].map(([name, child]) => [name, inside(child)])),
    items: change.items?.flatMap((item) => (typeof item === 'number' ? item : (inside(item) ?? []))),
  };
}

/** Puts what became of something into the place that remote has it at, as far as that is still there. */
function putAt(run: Run, root: Change, tokens: readonly string[], change: Change | null): void {
  let here = root;
  for (const [depth, token] of tokens.entries()) {
    const isLast = depth === tokens.length - 1;
    // What remote has here went, or goes, to make room for this.
    if (here.was !== 'here') {
      const goes = run.under.get(here);
      if (goes === undefined) return;
      here = goes;
    }
    // What local has moved away is where it arrives.
    const mover = run.leaving.get(here);
    here = (mover && run.arrived.get(mover)) ?? here;
    if (here.was === 'new') return;
    if (Array.isArray(here.value)) {
      const at = Number(token);
      const items = itemsOf(here, here.value);
      const index = items.findIndex((item) => (typeof item === 'number' ? item : item.at) === at);
      const known = items[index];
      if (known === undefined) return;
      if (isLast) {
        if (change !== null) change.at = at;
        items.splice(index, 1, ...(change === null ? [] : [change]));
        return;
      }
      here = typeof known === 'object' ? known : changeOf(here.value[at] ?? null, 'here', at);
      items[index] = here;
      continue;
    }
    here.members ??= new Map();
    const known = here.members.get(token);
    if (known === null) return;
    if (isLast) {
      here.members.set(token, change);
      return;
    }
    const next = known ?? changeOf(memberOf(here.value, token) ?? null, 'here');
    here.members.set(token, next);
    here = next;
  }
}
