import type { MergeConflict } from '../../conflict.js';
import type { Change } from '../../diff/change.js';
import { changeOf, isTouchedInside, itemsOf } from '../../diff/change.js';
import { memberOf } from '../../json.js';
import { answerTo, clashOf, settle } from '../conflict.js';
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
  if (run.leaving.size === 0 && run.waits.size === 0) return root;
  const sources = new Set(run.leaving.values());
  const stays = new Set([...sources].filter((node) => !run.arrived.get(node) && !run.settled.has(node)));
  for (;;) {
    const stranded = new Set([...arrivals.values()].filter((node) => sources.has(node) && !stays.has(node)));
    for (const node of stays) tellStay(run, node);
    const settled = resolved({ run, arrivals, stays, stranded }, root) ?? root;
    const [first] = stranded;
    if (first === undefined) return settled;
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
  if (isTold([...run.conflicts, ...run.resolved], node) || origin === undefined) return;
  const image = imageOf(run, origin);
  const place = placeOf(run, origin, image?.tokens ?? wouldBe(run, origin));
  answerTo(run, clashOf('move', place, origin.value, node, image?.value));
}

function isTold(conflicts: readonly MergeConflict[], { ops }: Traced): boolean {
  return conflicts.some(({ operations }) => ops.some((op) => operations.includes(op)));
}

/** The change without what leaves and what does not arrive; `undefined`: it goes itself. */
function resolved(moves: Moves, change: Change): Change | undefined {
  const { run, stays } = moves;
  const waits = run.waits.get(change);
  if (waits === undefined) return made(moves, change);
  const { out, goes, clash } = waits;
  const local = (): Change | undefined => (goes === undefined ? undefined : made(moves, change));
  const remote = (): Change | undefined =>
    goes === undefined ? made(moves, change) : resolved(moves, { ...goes, at: change.at });
  const stuck = out.filter((one) => stays.has(one));
  if (stuck.length === 0) return local();
  // Until it is settled what becomes of that, there is nothing to ask.
  if (clash === undefined || stuck.some((one) => isTold(run.conflicts, one))) return remote();
  const settled = settle(run, clash, { local, remote });
  return settled && { ...settled, at: change.at };
}

function made(moves: Moves, change: Change): Change | undefined {
  const { run, arrivals, stays, stranded } = moves;
  const leaves = run.leaving.get(change);
  if (leaves !== undefined && !stays.has(leaves)) return undefined;
  const node = arrivals.get(change);
  if (node !== undefined && stays.has(node)) return undefined;
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
  // What has arrived is where local has put it.
  const arrived = deepestAbove(run, tokens);
  let here = arrived ?? root;
  for (let depth = arrived?.was.length ?? 0; depth < tokens.length; depth += 1) {
    const token = tokens[depth] ?? '';
    const isLast = depth === tokens.length - 1;
    // What remote has here went, or goes, to make room for this.
    if (here.was !== 'here' && here !== arrived) {
      const goes = run.waits.get(here)?.goes;
      if (goes === undefined) return;
      here = goes;
    }
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

/** Of what has arrived, the innermost that these tokens of remote's lead into. */
function deepestAbove(run: Run, tokens: readonly string[]): Change | undefined {
  let found: Change | undefined;
  for (const arrived of run.arrived.values()) {
    if (typeof arrived?.was !== 'object' || arrived.was.length >= tokens.length) continue;
    if (arrived.was.length > (found?.was.length ?? 0) && arrived.was.every((token, at) => token === tokens[at]))
      found = arrived;
  }
  return found;
}
