import { assertJson } from './assert-json.js';
import type { FailedPairs } from './deep-equal.js';
import { deepEqual } from './deep-equal.js';
import { pairItems } from './diff-pairs.js';
import type { AlignRule } from './diff-rules.js';
import { compileAlignRules } from './diff-rules.js';
import { listScript } from './diff-script.js';
import type { PatchWriter } from './diff-writer.js';
import { isWasteful, leastSize, openWriter, takeBack, writeMove, writeRemove, writeValue } from './diff-writer.js';
import type { JsonContainer, JsonObject, JsonValue, Patch, PointerPattern } from './json.js';
import { hasOwn, isContainer } from './json.js';
import { isJsonScalar, isPlain } from './lockstep.js';
import type { PatternCursor } from './pattern.js';
import { empty, root, step, value } from './pattern.js';
import { formatPointer } from './pointer.js';
import type { MergeRule } from './rule.js';
import { pairEqual, trimEnds } from './sequence.js';
import { gapsOf } from './sequence-gaps.js';
import { pairLeftovers } from './sequence-pairs.js';

/** Deeper than this, the walk goes on from a list instead of the call stack, which a deep document would overflow. */
const STACK_DEPTH = 500;

/** What `diff` may be told. */
export interface DiffOptions {
  /** Rules by path. `list({ key })`, `set()` and `atomic()` say how lists and values are compared; the others do not matter here. */
  readonly merge?: { readonly [pattern: PointerPattern]: MergeRule };
}

/** The rules at and below one place; `undefined` when none can match any more. */
type Rules = PatternCursor<AlignRule> | undefined;

interface Walk {
  /** The whole new document. */
  readonly root: JsonValue;
  readonly writer: PatchWriter;
  readonly failed: FailedPairs;
  /** The operations that were last found to be worth their room. */
  readonly frugal: { from: number; to: number };
  /** Too deep for the call stack. */
  readonly later: {
    readonly before: JsonContainer;
    readonly after: JsonContainer;
    readonly rules: Rules;
    readonly path: (string | number)[];
  }[];
}

/** Walks two documents side by side and writes down what differs, parents before children: every path is one of the new document. */
export function walkFrom(before: JsonValue, after: JsonValue, options: DiffOptions): Patch {
  const walk: Walk = { root: after, writer: openWriter(), failed: [], frugal: { from: 0, to: 0 }, later: [] };
  const rules = options.merge === undefined ? undefined : live(root(compileAlignRules(options.merge)));
  walkValue(walk, before, after, rules, STACK_DEPTH);
  for (let next = walk.later.pop(); next !== undefined; next = walk.later.pop()) {
    walk.writer.path = next.path;
    walkContainer(walk, next.before, next.after, next.rules, STACK_DEPTH);
  }
  return walk.writer.operations;
}

function live(rules: PatternCursor<AlignRule>): Rules {
  return empty(rules) ? undefined : rules;
}

function below(rules: Rules, token: string | number): Rules {
  return rules && live(step(rules, `${token}`));
}

function walkValue(
  walk: Walk,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  rules: Rules,
  depth: number,
): void {
  if (before === after && (isContainer(after) || isJsonScalar(after))) return;
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after))
    return replace(walk, before, after);
  if (rules && value(rules)?.rule === 'atomic') {
    if (!deepEqual(before, after)) replace(walk, before, after);
  } else if (depth > 0) {
    walkContainer(walk, before, after, rules, depth);
  } else {
    refuseCycle(walk);
    walk.later.push({ before, after, rules, path: [...walk.writer.path] });
  }
}

/** So far down, the way here is looked at once: one that comes by a container twice would never end. */
function refuseCycle({ root: document, writer }: Walk): void {
  const seen = new Set<unknown>();
  let node: unknown = document;
  for (const token of writer.path) {
    if (seen.has(node)) assertJson(document, 'The value after the edit');
    seen.add(node);
    node = isContainer(node) ? Reflect.get(node, token) : undefined;
  }
}

function replace(walk: Walk, before: unknown, after: unknown): void {
  assertJson(before, 'The value before the edit', formatPointer(walk.writer.path));
  writeValue(walk.writer, 'replace', after);
}

function walkContainer(walk: Walk, before: JsonContainer, after: JsonContainer, rules: Rules, depth: number): void {
  const { writer, later, frugal } = walk;
  const from = writer.operations.length;
  const start = { size: writer.size, later: later.length };
  if (Array.isArray(before) && Array.isArray(after)) walkItems(walk, before, after, rules, depth);
  else if (!Array.isArray(before) && !Array.isArray(after)) walkMembers(walk, before, after, rules, depth);
  const to = writer.operations.length;
  // All of them stand in one child: what was frugal there is so here.
  if (frugal.from === from && frugal.to === to) return;
  if (isWasteful(to - from, writer.size - start.size, after)) {
    later.length = start.later;
    takeBack(writer, from, start.size);
    writeValue(writer, 'replace', after);
  } else {
    frugal.from = from;
    frugal.to = to;
  }
}

function walkMembers(walk: Walk, before: JsonObject, after: JsonObject, rules: Rules, depth: number): void {
  // What is neither an array nor a plain object has members, too, but they are not what it is: a Date has none.
  if (!isPlain(before) || !isPlain(after)) return replace(walk, before, after);
  const { path } = walk.writer;
  const keys = Object.keys(before);
  const others = Object.keys(after);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? '';
    path.push(key);
    if (key === others[at] || hasOwn(after, key))
      walkValue(walk, before[key], after[key], below(rules, key), depth - 1);
    else writeRemove(walk.writer, before[key]);
    path.pop();
  }
  for (let at = 0; at < others.length; at++) {
    const key = others[at] ?? '';
    if (key === keys[at] || hasOwn(before, key)) continue;
    path.push(key);
    writeValue(walk.writer, 'add', after[key]);
    path.pop();
  }
}

function walkItems(walk: Walk, before: readonly JsonValue[], after: JsonValue[], rules: Rules, depth: number): void {
  const { writer } = walk;
  let pairs = pairItems(before, after, rules && value(rules));
  if (pairs === undefined) {
    const ends = trimEnds(before, after, walk.failed);
    const left = before.length - ends.head - ends.tail;
    // One item against one, or none: nothing is to be found out about the order.
    if (before.length === after.length && left <= 1)
      return left === 0 ? undefined : walkItem(walk, before, after, ends.head, ends.head, rules, depth);
    const toB = pairEqual(before, after, ends);
    const gaps = gapsOf(toB, after.length);
    const changed = gaps.reduce((sum, { aFrom, aTo, bFrom, bTo }) => sum + Math.max(aTo - aFrom, bTo - bFrom), 0);
    // A rewritten list is seen to be one before it is looked at what moved where.
    if (isWasteful(changed, leastSize(changed), after)) return replace(walk, before, after);
    pairs = { toB, inside: pairLeftovers(before, after, gaps, toB, true) };
  }
  const { toB, inside } = pairs;
  const steps = listScript(toB, after.length);
  if (isWasteful(steps.length, leastSize(steps.length), after)) return replace(walk, before, after);
  for (const change of steps) {
    if (change.kind === 'move') {
      writeMove(writer, change.from, change.at);
      continue;
    }
    writer.path.push(change.at);
    if (change.kind === 'remove') writeRemove(writer, before[change.index]);
    else writeValue(writer, 'add', after[change.index]);
    writer.path.pop();
  }
  if (inside === 'none') return;
  for (let at = 0; at < toB.length; at++) {
    const to = toB[at] ?? -1;
    if (to >= 0 && (inside === 'all' || inside[at] === 1)) walkItem(walk, before, after, at, to, rules, depth);
  }
}

function walkItem(
  walk: Walk,
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  at: number,
  to: number,
  rules: Rules,
  depth: number,
): void {
  walk.writer.path.push(to);
  walkValue(walk, before[at], after[to], below(rules, at), depth - 1);
  walk.writer.path.pop();
}
