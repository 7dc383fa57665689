import { alignLists } from '../align/lists.js';
import type { JsonObject, JsonValue, PointerPattern } from '../json.js';
import { isContainer, isObject, memberOf, setOwn } from '../json.js';
import type { PatternCursor } from '../pattern.js';
import { empty, value as ruleAt, step } from '../pattern.js';
import { isServer, mergeRules } from './merge-rules.js';
import type { MergeRule } from './rule.js';

/**
 * A value without what the server owns: every place whose most specific rule is `server()`, with all that is in it but for what another
 * rule names. Items leave their list; the root stays. The value itself is not changed, and given back where nothing is owned.
 */
export function withoutServerOwned(
  value: JsonValue,
  merge: { readonly [pattern: PointerPattern]: MergeRule },
): JsonValue {
  const { decide, hasServer } = mergeRules(merge);
  if (!isContainer(value) || !hasServer) return value;
  return withoutServer(value, decide) ?? (Array.isArray(value) ? [] : {});
}

/** The same at a place that a walk has come to; `undefined`: all of it is the server's. */
export function withoutServer(
  value: JsonValue,
  cursor: PatternCursor<MergeRule>,
  isOwned = false,
): JsonValue | undefined {
  if (!isContainer(value) || empty(cursor)) return isOwned ? undefined : value;
  let isChanged = false;
  const kept: [string, JsonValue][] = [];
  for (const [key, child] of Object.entries(value)) {
    const next = step(cursor, key);
    const rule = ruleAt(next);
    const left = withoutServer(child, next, rule === undefined ? isOwned : isServer(rule));
    if (left !== undefined) kept.push([key, left]);
    if (left !== child) isChanged = true;
  }
  if (isOwned && kept.length === 0) return undefined;
  if (!isChanged) return value;
  if (Array.isArray(value)) return kept.map(([, item]) => item);
  const object: JsonObject = {};
  for (const [key, member] of kept) setOwn(object, key, member);
  return object;
}

/** A value of local's with what the server owns in it as remote has it; `undefined`: nothing is left. */
export function withServers(
  mine: JsonValue | undefined,
  there: JsonValue | undefined,
  cursor: PatternCursor<MergeRule>,
  isOwned = false,
): JsonValue | undefined {
  if (isObject(mine) && isObject(there) && !empty(cursor)) {
    const object: JsonObject = {};
    for (const key of new Set([...Object.keys(mine), ...Object.keys(there)])) {
      const next = step(cursor, key);
      const rule = ruleAt(next);
      const isNext = rule === undefined ? isOwned : isServer(rule);
      const left = withServers(memberOf(mine, key), memberOf(there, key), next, isNext);
      if (left !== undefined) setOwn(object, key, left);
    }
    return object;
  }
  if (isOwned && there !== undefined) return there;
  if (!Array.isArray(mine) || !Array.isArray(there) || empty(cursor))
    return mine === undefined ? undefined : withoutServer(mine, cursor, isOwned);
  const { toB, weak } = alignLists(there, mine, undefined, true);
  return mine.flatMap((item, at): JsonValue[] => {
    const like = toB[at] ?? -1;
    const next = step(cursor, `${at}`);
    const left = withServers(item, weak[like] === 1 ? undefined : there[like], next, isServer(ruleAt(next)));
    return left === undefined ? [] : [left];
  });
}
