import { cameFrom, identityIn, LIKELY_KEYS, siblingsIn } from '../../align/keys.js';
import { childrenOf, itemsOf, wholeOf } from '../../diff/change.js';
import { isContainer } from '../../json.js';
import { matchAt } from '../../pattern.js';
import { childOf } from '../../pointer.js';
import { baseTokens } from '../image.js';
import type { Task } from '../run.js';
import type { Trace } from '../trace.js';
import type { Traced } from '../traced.js';
import { beforeOf, isAtHome, isFromBase, nodesOf, originOf, traced } from '../traced.js';

/** A keyed item that a patch takes out of a list and puts into a sibling list is moved, as `diff` tells it, also where the patch tells it as two. */
export function knowMoves({ base, rules: { align } }: Task, { root }: Trace): void {
  // Of a document that was replaced nothing is known to have gone anywhere.
  if (root.replaced) return;
  const present = nodesOf(root);
  const before = siblingsIn(() => base, align);
  const after = siblingsIn(() => wholeOf(root), align, true);
  // One list of tokens for all: a copy for each level would be quadratic in depth.
  const way: string[] = [];
  const visit = (list: Traced): void => {
    for (const [token, child] of Array.isArray(list.value) ? (list.items ?? []).entries() : (list.members ?? [])) {
      if (typeof child !== 'object' || child === null) continue;
      way.push(`${token}`);
      visit(child);
      way.pop();
      if (!Array.isArray(list.value) || child.origin !== undefined) continue;
      const tokens = [...way];
      const rule = matchAt(align, tokens);
      if (rule?.rule === 'set' || rule?.rule === 'atomic') continue;
      const mine = wholeOf(child);
      const key = rule?.rule === 'list' ? rule.key : LIKELY_KEYS.find((name) => identityIn(mine, name) !== undefined);
      if (key === undefined) continue;
      const path = list.origin === undefined ? tokens : baseTokens(list.origin);
      const found = cameFrom(mine, key, before(path), after(tokens));
      if (found !== undefined) moveOut(root, present, found.sibling.tokens, found.at, child);
    }
  };
  visit(root);
}

/** Knows an item of base's that local has removed, by itself or with what it stood in, in what local put elsewhere. */
function moveOut(
  root: Traced,
  present: ReadonlySet<Traced>,
  tokens: readonly string[],
  at: number,
  child: Traced,
): void {
  let list = root;
  for (const token of tokens) {
    const next = childAt(list, token, present);
    if (next === undefined) return;
    next.whole = undefined;
    list = next;
  }
  list = beforeOf(list);
  const left = childAt(list, `${at}`, present);
  if (left === undefined || present.has(left)) return;
  if (Array.isArray(list.value)) list.items = itemsOf(list, list.value).filter((item) => item !== left);
  list.gone ??= new Map();
  list.gone.set(at, child);
  child.origin = left.origin;
  child.moved = true;
  child.replaced = true;
  child.ops.unshift(...left.ops);
}

/** What local knows of a child of base's, taken apart where it went together with the rest; undefined: it is still there. */
function childAt(node: Traced, token: string, present: ReadonlySet<Traced>): Traced | undefined {
  const parent = beforeOf(node);
  const { value } = parent;
  if (!isFromBase(parent) || !isContainer(value)) return undefined;
  const left = parent.gone?.get(Array.isArray(value) ? Number(token) : token);
  const known = left ?? childrenOf(parent).find((child) => isAtHome(parent, child) && child.origin?.token === token);
  const member = childOf(value, token);
  if (known !== undefined || present.has(parent) || member === undefined) return known;
  const child = traced(member, originOf(parent, token, member), false, []);
  if (Array.isArray(value)) itemsOf(parent, value)[itemsOf(parent, value).indexOf(Number(token))] = child;
  else {
    parent.members ??= new Map();
    parent.members.set(token, child);
  }
  return child;
}
