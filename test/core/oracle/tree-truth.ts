import type { JsonValue } from '../../../src/core/index.js';
import { isObject } from '../tools.js';
import { bothReordered, wrongOrder } from './judge-order.js';
import type { Thing, Tree } from './tree.js';
import type { Hand } from './tree-edit.js';

/** What both intents come to: where each thing is and what it says, or why somebody has to be asked. */
export interface Truth {
  /** Reasons for which the sides must be asked: a clean result is wrong. */
  readonly must: readonly string[];
  /** Reasons for which they may be. */
  readonly may: readonly string[];
  /** The holder of every thing there is. */
  readonly holders: ReadonlyMap<string, string>;
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const holderOf = (thing: Thing | undefined): string | undefined => thing?.holder?.id;

/** The truth about two hands' work on one tree. */
export function truthOf(base: Tree, local: Hand, remote: Hand): Truth {
  const must: string[] = [];
  const may: string[] = [];
  const holders = new Map<string, string>();
  const fields = new Map<string, ReadonlyMap<string, string>>();
  const ids = new Set([...base.things.keys(), ...local.tree.things.keys(), ...remote.tree.things.keys()]);
  for (const id of ids) {
    if (id === '') continue;
    const [b, l, r] = [base, local.tree, remote.tree].map(({ things }) => things.get(id));
    if (b === undefined) {
      const made = l ?? r;
      if (made !== undefined) keep(id, holderOf(made), made.fields);
    } else if (l === undefined && r === undefined) continue;
    else if (l === undefined && r !== undefined) removedHere(b, r);
    else if (r === undefined && l !== undefined) removedThere(b, l);
    else if (l !== undefined && r !== undefined) both(b, l, r);
  }
  for (const [id, holder] of holders) {
    const seen = new Set([id]);
    for (let at: string | undefined = holder; at !== undefined && at !== ''; at = holders.get(at)) {
      if (!holders.has(at)) must.push(`${id} is in what is gone`);
      if (seen.has(at)) {
        must.push(`${id} is in itself`);
        break;
      }
      seen.add(at);
    }
  }
  return { must, may, holders, fields };

  function keep(id: string, holder: string | undefined, says: ReadonlyMap<string, string>): void {
    if (holder === undefined) return;
    holders.set(id, holder);
    fields.set(id, says);
  }

  function removedHere(b: Thing, r: Thing): void {
    const carried = holderOf(r) !== holderOf(b);
    const traced = !carried || (isTraceable(base, b, r) && (base.style !== 'lanes' || isRecognisable(b, r)));
    // What is carried out of a removed holder stays where it is, changed or not.
    const stays = !local.removed.has(b.id) && isCarriedOut(r);
    if (traced && !stays && (differs(b, r) || isFilled(base, r))) must.push(`${b.id} removed here, changed there`);
    if (!traced) may.push(`${b.id} carried there to where no key tells`);
    if (stays) keep(b.id, holderOf(r), r.fields);
  }

  /** Whether remote carried it, or what it is in, out of what local removed. */
  function isCarriedOut(r: Thing): boolean {
    if (local.removed.has(r.id)) return false;
    const was = holderOf(base.things.get(r.id));
    if (was === undefined) return false;
    if (was !== holderOf(r)) return true;
    return r.holder !== undefined && !local.tree.things.has(r.holder.id) && isCarriedOut(r.holder);
  }

  function removedThere(b: Thing, l: Thing): void {
    if (differs(b, l) || isFilled(base, l)) must.push(`${b.id} removed there, changed here`);
    else if (holderOf(l) !== holderOf(b)) must.push(`${b.id} removed there, moved here`);
    else if (local.moved.has(b.id)) may.push(`${b.id} removed there, moved here`);
  }

  function both(b: Thing, l: Thing, r: Thing): void {
    const [was, here, there] = [holderOf(b), holderOf(l), holderOf(r)];
    // A key may tell more than it has to.
    if (there !== was && !isTraceable(base, b, r)) may.push(`${b.id} carried there to where no key tells`);
    if (base.style === 'lanes' && there !== was && !isRecognisable(b, r)) may.push(`${b.id} is another thing now`);
    if (here !== was && there !== was && here !== there) must.push(`${b.id} carried to two places`);
    if (here !== was && there !== was && here === there) may.push(`${b.id} carried by both`);
    if (here !== was && there === was && isReordered(b, r))
      may.push(`${b.id} carried here, and its list reordered there`);
    if (there !== was && here === was && local.moved.has(b.id))
      may.push(`${b.id} carried there, moved within its list here`);
    const says = new Map<string, string>();
    for (const [name, value] of b.fields) {
      const [mine, other] = [l.fields.get(name) ?? '', r.fields.get(name) ?? ''];
      if (mine !== value && other !== value && mine !== other) must.push(`${b.id}.${name} set by both`);
      says.set(name, mine === value ? other : mine);
    }
    keep(b.id, here === was ? there : here, says);
  }
}

function differs(a: Thing, b: Thing): boolean {
  return [...a.fields].some(([name, value]) => b.fields.get(name) !== value);
}

/** Something was put into it that was not in it. */
function isFilled(base: Tree, thing: Thing): boolean {
  return (thing.kids ?? []).some((kid) => holderOf(base.things.get(kid.id)) !== thing.id);
}

function isReordered(b: Thing, r: Thing): boolean {
  const others = (thing: Thing): string[] => (thing.holder?.kids ?? []).map(({ id }) => id);
  const [was, is] = [others(b), others(r)];
  const common = was.filter((id) => is.includes(id));
  return common.join() !== is.filter((id) => was.includes(id)).join();
}

/** Whether the lists are siblings: their holders are held alike, or one pattern declares both. */
function isTraceable(base: Tree, b: Thing, r: Thing): boolean {
  if (base.key !== 'id') return true;
  const around = base.things.get(r.holder?.id ?? '') ?? r.holder;
  return r.holder?.holder?.id === b.holder?.holder?.id && around?.holder?.id === b.holder?.holder?.id;
}

function isRecognisable(b: Thing, r: Thing): boolean {
  return 2 * [...b.fields].filter(([name, value]) => r.fields.get(name) !== value).length <= b.fields.size + 1;
}

/** What the merged document says: each thing's holder, what it says, and the order of each list. */
export interface Seen {
  readonly holders: Map<string, string>;
  readonly fields: Map<string, Map<string, string>>;
  readonly lists: Map<string, string[]>;
  readonly doubled: string[];
}

/** Reads a document back into things. */
function readTree(key: string, document: JsonValue): Seen {
  const seen: Seen = { holders: new Map(), fields: new Map(), lists: new Map(), doubled: [] };
  const visit = (here: JsonValue, holder: string): void => {
    if (!isObject(here)) return;
    for (const [name, inner] of Object.entries(here)) {
      if (isObject(inner)) visit(inner, holder);
      else if (Array.isArray(inner))
        visitList(
          inner,
          holder === '' && here[key] === undefined && name !== 'cols' && name !== 'blocks' ? name : holder,
        );
    }
  };
  const visitList = (list: readonly JsonValue[], holder: string): void => {
    if (holder !== '' && !seen.fields.has(holder)) seen.fields.set(holder, new Map());
    const order = list.map((item) => (isObject(item) ? String(item[key]) : '?'));
    seen.lists.set(holder, order);
    list.forEach((item, at) => {
      const id = order[at] ?? '?';
      if (seen.holders.has(id)) seen.doubled.push(id);
      seen.holders.set(id, holder);
      if (!isObject(item)) return;
      const says = Object.entries(item).filter(([name, value]) => name !== key && typeof value === 'string');
      seen.fields.set(id, new Map(says.map(([name, value]) => [name, String(value)])));
      visit(item, id);
    });
  };
  visit(document, '');
  return seen;
}

/** What is wrong with a clean merge. */
export function wrongIn(truth: Truth, base: Tree, local: Tree, remote: Tree, merged: JsonValue): string | undefined {
  const seen = readTree(base.key, merged);
  if (seen.doubled.length > 0) return `doubled: ${seen.doubled.join(' ')}`;
  if (base.style === 'lanes')
    for (const lane of base.root.kids ?? []) if (seen.lists.has(lane.id)) seen.holders.set(lane.id, '');
  for (const [id, holder] of truth.holders) {
    if (seen.holders.get(id) !== holder) return `${id} is in ${seen.holders.get(id) ?? 'nothing'}, not in ${holder}`;
    for (const [name, value] of truth.fields.get(id) ?? [])
      if (seen.fields.get(id)?.get(name) !== value)
        return `${id}.${name} is ${seen.fields.get(id)?.get(name)}, not ${value}`;
  }
  for (const id of seen.holders.keys()) if (!truth.holders.has(id)) return `${id} should be gone`;
  for (const [holder, order] of seen.lists) {
    if (holder === '' && base.style === 'lanes') continue;
    const found = wrongOrder({ ...ordersOf(base, local, remote, holder), merged: order });
    if (found !== undefined) return `in ${holder === '' ? 'the root' : holder}: ${found}`;
  }
  return undefined;
}

/** The order of the things in one holder. */
function ordersOf(
  base: Tree,
  local: Tree,
  remote: Tree,
  holder: string,
): { base: string[]; local: string[]; remote: string[] } {
  const of = (tree: Tree): string[] => (tree.things.get(holder)?.kids ?? []).map(({ id }) => id);
  return { base: of(base), local: of(local), remote: of(remote) };
}

/** Whether a list was reordered by both, differently. */
export function anyBothReordered(base: Tree, local: Tree, remote: Tree): boolean {
  if (base.style === 'lanes')
    return [...base.things.values()].some(
      ({ id, kids }) =>
        id !== '' && kids !== undefined && bothReordered({ ...ordersOf(base, local, remote, id), merged: [] }),
    );
  return [...base.things.values()].some(
    ({ id, kids }) => kids !== undefined && bothReordered({ ...ordersOf(base, local, remote, id), merged: [] }),
  );
}
