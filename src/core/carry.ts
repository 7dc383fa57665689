import { identityIn, type Key } from './align-by-key.js';
import { applyCompiled } from './apply.js';
import { CarriedList } from './carry-list.js';
import type { CompiledOperation } from './compile.js';
import { deepEqual } from './deep-equal.js';
import type { AlignRule } from './diff-rules.js';
import type { JsonValue, Patch } from './json.js';
import { isObject } from './json.js';
import type { MergeRules } from './merge-rules.js';
import { isServer } from './merge-rules.js';
import type { PatternCursor } from './pattern.js';
import { empty, value as ruleOf, step } from './pattern.js';
import { arrayIndex, formatPointer } from './pointer.js';
import type { MergeRule } from './rule.js';
import { memberOf } from './traced.js';

/** A container that the edit has gone into, by its place in base. */
interface Shadow {
  list: CarriedList | undefined;
  /** What the edit has gone into in turn, set or taken out, by its name or index in base. */
  readonly inside: Map<string | number, Shadow | 'set' | 'gone'>;
}

/** How far down an operation has come. */
interface Spot {
  mine: JsonValue;
  theirs: JsonValue;
  node: Shadow;
  align: PatternCursor<AlignRule>;
  decide: PatternCursor<MergeRule>;
  /** The key of the list that `mine` is an item of. */
  key: Key | undefined;
  /** All lists that the edit has come by. */
  readonly lists: CarriedList[];
}

type Writing = Exclude<CompiledOperation, { readonly from: readonly string[] }>;

/**
 * Carries an edit over to remote where remote has left alone all that it touches: its operations are the same then, at
 * most at other indices, and only their paths are gone down. So it is nearly always. `undefined`: the two sides may
 * meet, or a place cannot be told at a glance, or the edit does not apply to base; then it takes a merge.
 */
export function carryOver(
  base: JsonValue,
  remote: JsonValue,
  operations: readonly CompiledOperation[],
  rules: MergeRules,
): { readonly patch: Patch; readonly value: JsonValue } | undefined {
  const root = shadow();
  const lists: CarriedList[] = [];
  const carried: CompiledOperation[] = [];
  for (const operation of operations) {
    if ('from' in operation) return undefined;
    const { align, decide } = rules;
    const spot: Spot = { mine: base, theirs: remote, node: root, align, decide, key: undefined, lists };
    const tokens = placeInRemote(spot, operation, rules.hasServer);
    if (tokens === undefined) return undefined;
    if (tokens === operation.tokens) carried.push(operation);
    else carried.push({ ...operation, tokens, source: { ...operation.source, path: formatPointer(tokens) } });
  }
  if (lists.some((list) => list.mayBeThere())) return undefined;
  return { patch: carried.map(({ source }) => source), value: applyCompiled(remote, carried) };
}

function shadow(): Shadow {
  return { list: undefined, inside: new Map() };
}

function placeInRemote(spot: Spot, operation: Writing, hasServer: boolean): readonly string[] | undefined {
  const { tokens } = operation;
  const last = tokens.length - 1;
  let moved: string[] | undefined;
  for (let depth = 0; depth <= last; depth += 1) {
    const token = tokens[depth] ?? '';
    const there = depth < last ? enter(spot, token) : land(spot, operation, token, hasServer);
    if (there === undefined) return undefined;
    if (there === token) moved?.push(token);
    else if (moved === undefined) moved = [...tokens.slice(0, depth), there];
    else moved.push(there);
  }
  return last < 0 ? undefined : (moved ?? tokens);
}

/** What a token of local names, where base and remote both are what they were on the way there. */
interface Child {
  readonly name: string | number;
  readonly before: JsonValue | undefined;
  readonly now: JsonValue | undefined;
  /** Its index in remote as it came. */
  readonly to: number;
}

function openList(
  lists: CarriedList[],
  base: readonly JsonValue[],
  remote: readonly JsonValue[],
  rule: AlignRule | undefined,
): CarriedList {
  const list = new CarriedList(base, remote, rule);
  lists.push(list);
  return list;
}

function look({ mine, theirs, node, align, decide, key, lists }: Spot, token: string): Child | undefined {
  if (isOneThing(ruleOf(align), ruleOf(decide))) return undefined;
  if (!Array.isArray(mine)) {
    // An item whose key changes is another item.
    if (!isObject(mine) || !isObject(theirs) || (key !== undefined && [key].flat().includes(token))) return undefined;
    return { name: token, before: memberOf(mine, token), now: memberOf(theirs, token), to: -1 };
  }
  if (!Array.isArray(theirs)) return undefined;
  node.list ??= openList(lists, mine, theirs, ruleOf(align));
  const item = node.list.itemAt(arrayIndex(token));
  const to = item === undefined || item < 0 ? undefined : node.list.pairOf(item);
  if (item === undefined || to === undefined) return undefined;
  const before = mine[item];
  // Without a key, a sure pair is a pair of equals: nothing below it has to be compared again.
  return { name: item, before, now: node.list.aligned?.key === undefined ? before : theirs[to], to };
}

/** Changes inside of one thing clash, wherever in it they are. */
function isOneThing(align: AlignRule | undefined, decide: MergeRule | undefined): boolean {
  if (align?.rule === 'set' || align?.rule === 'atomic') return true;
  return typeof decide === 'object' && (decide.rule === 'server' || decide.rule === 'latest');
}

/** Goes one token down, and gives what that token is in remote. */
function enter(spot: Spot, token: string): string | undefined {
  const child = look(spot, token);
  if (child?.before === undefined || child.now === undefined) return undefined;
  const { node } = spot;
  const inside = node.inside.get(child.name) ?? shadow();
  if (typeof inside === 'string') return undefined;
  node.inside.set(child.name, inside);
  const theirs = child.to < 0 ? token : `${child.to}`;
  spot.mine = child.before;
  spot.theirs = child.now;
  spot.node = inside;
  spot.align = step(spot.align, theirs);
  spot.decide = step(spot.decide, theirs);
  spot.key = child.to < 0 ? undefined : node.list?.aligned?.key;
  return child.to < 0 ? token : `${node.list?.place(child.to)}`;
}

/** Makes the change, as far as later operations depend on it, and gives its place in remote's container. */
function land(spot: Spot, operation: Writing, token: string, hasServer: boolean): string | undefined {
  const { mine, theirs, node, align, decide } = spot;
  if (operation.op === 'add' && Array.isArray(mine)) {
    if (!Array.isArray(theirs) || isOneThing(ruleOf(align), ruleOf(decide))) return undefined;
    node.list ??= openList(spot.lists, mine, theirs, ruleOf(align));
    node.list.changed = true;
    const index = token === '-' ? node.list.length : arrayIndex(token);
    const at = index === undefined ? undefined : node.list.insert(index, operation.value);
    if (at === undefined || (hasServer && !empty(step(decide, `${at}`)))) return undefined;
    return token === '-' ? token : `${at}`;
  }
  const child = look(spot, token);
  if (child === undefined) return undefined;
  const { name, before, now, to } = child;
  const known = node.inside.get(name);
  const list = to < 0 ? undefined : node.list;
  const there = list === undefined ? token : `${list.place(to)}`;
  const sets = operation.op === 'add' || operation.op === 'replace';
  if (known !== undefined && !(known === 'set' && sets)) return undefined;
  if (operation.op === 'test')
    return deepEqual(before, operation.value) && deepEqual(now, operation.value) ? there : undefined;
  const isNew = before === undefined && now === undefined && operation.op === 'add';
  if (known === undefined && !isNew && (before === undefined || !deepEqual(before, now))) return undefined;
  const below = step(decide, to < 0 ? token : `${to}`);
  if (isServer(ruleOf(below)) || (hasServer && !empty(below))) return undefined;
  node.inside.set(name, sets ? 'set' : 'gone');
  if (list === undefined) return there;
  list.changed = true;
  if (operation.op === 'remove') return list.remove(arrayIndex(token) ?? -1, to) ? there : undefined;
  const key = list.aligned?.key;
  if (operation.op !== 'replace' || key === undefined) return there;
  return identityIn(operation.value, key) === identityIn(before, key) ? there : undefined;
}
