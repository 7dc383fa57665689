import type { Job } from './job.js';
import { runJob } from './job.js';
import type { JsonObject, JsonValue } from './json.js';
import { isObject, setOwn } from './json.js';
import { isServer } from './merge-rules.js';
import type { PatternCursor } from './pattern.js';
import { empty, value as ruleOf, step } from './pattern.js';
import type { MergeRule } from './rule.js';

/** A new value without the places in it that are the server's: those are never sent. */
export function withoutServerBelow(value: JsonValue, cursor: PatternCursor<MergeRule>): JsonValue {
  return runJob(strip(value, cursor)) ?? null;
}

function* strip(value: JsonValue, cursor: PatternCursor<MergeRule>): Job<JsonValue | undefined> {
  if (isServer(ruleOf(cursor))) return undefined;
  if (empty(cursor)) return value;
  if (Array.isArray(value)) {
    const list: JsonValue[] = [];
    for (let at = 0; at < value.length; at += 1) {
      const item = yield strip(value[at] ?? null, step(cursor, `${at}`));
      if (item !== undefined) list.push(item);
    }
    return list;
  }
  if (!isObject(value)) return value;
  const object: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    const kept = yield strip(member, step(cursor, name));
    if (kept !== undefined) setOwn(object, name, kept);
  }
  return object;
}
