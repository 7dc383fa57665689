import type { Operation } from 'fast-json-patch';
import { deepEqual } from '../../core/deep-equal.js';
import type { JsonValue } from '../../core/json.js';
import { isObject } from '../../core/json.js';
import { childOf, getAt, parsePointer } from '../../core/pointer.js';
import { MissingBaseError } from '../../errors/usage-errors.js';
import type { PlainBody } from '../plain/plain-body.js';
import type { HandedOut } from '../resource/known-resource.js';

/**
 * Whether a body tells that it was made from the newer of two reads: at some place where they differ, it has the newer
 * one's value. What has the older one's may be a form that was opened on it, or a deliberate revert. A patch of what is
 * the same in both means the same with either.
 */
export function isMadeFromNewer(body: PlainBody, older: JsonValue, newer: JsonValue): boolean {
  if (deepEqual(older, newer)) return true;
  switch (body.form) {
    case 'put':
      return hasNewer(body.value, older, newer);
    case 'merge-patch':
      return hasNewer(body.value, older, newer) || isSameWherePatched(body.value, older, newer);
    case 'json-patch':
      return body.operations.every((operation) =>
        pathsOf(operation).every((tokens) => isSameAt(around(tokens, older, newer) ?? tokens, older, newer)),
      );
  }
}

/** Whether every index of a patch means the same item in both. */
function isSameInLists(operations: readonly Operation[], older: JsonValue, newer: JsonValue): boolean {
  return operations.every((operation) =>
    pathsOf(operation).every((tokens) => {
      const list = around(tokens, older, newer);
      return list === undefined || isSameAt(list, older, newer);
    }),
  );
}

function pathsOf(operation: Operation): string[][] {
  const paths = 'from' in operation ? [operation.path, operation.from] : [operation.path];
  return paths.map((path) => parsePointer(path) ?? []);
}

/** The first list on the way to a place: in a list, an operation may mean another item than it seems to. */
function around(tokens: readonly string[], older: JsonValue, newer: JsonValue): readonly string[] | undefined {
  const depth = [...tokens.keys()].find(
    (at) => isList(older, tokens.slice(0, at)) || isList(newer, tokens.slice(0, at)),
  );
  return depth === undefined ? undefined : tokens.slice(0, depth);
}

function isSameAt(place: readonly string[], older: JsonValue, newer: JsonValue): boolean {
  const [before, after] = [getAt(older, place), getAt(newer, place)];
  return before.present && after.present ? deepEqual(before.value, after.value) : before.present === after.present;
}

/** Deeper than this nothing is looked at: what is so deep tells the same further up. */
const DEEPEST = 100;

type Value = JsonValue | undefined;

function hasNewer(body: Value, older: Value, newer: Value, depth = DEEPEST): boolean {
  if (body === undefined || newer === undefined || deepEqual(older, newer)) return false;
  if (deepEqual(body, newer)) return true;
  if (depth === 0) return false;
  return names(newer).some((name) => hasNewer(inside(body, name), inside(older, name), inside(newer, name), depth - 1));
}

/** A merge patch tells what it sets at its leaves, lists among them (RFC 7396). */
function isSameWherePatched(patch: Value, older: Value, newer: Value, depth = DEEPEST): boolean {
  if (!isObject(patch) || depth === 0) return older === newer || deepEqual(older, newer);
  return names(patch).every((name) =>
    isSameWherePatched(inside(patch, name), inside(older, name), inside(newer, name), depth - 1),
  );
}

function names(value: JsonValue): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function inside(value: Value, name: string): Value {
  return value === undefined ? undefined : childOf(value, name);
}

function isList(value: JsonValue, tokens: readonly string[]): boolean {
  const found = getAt(value, tokens);
  return found.present && Array.isArray(found.value);
}

/**
 * A whole value, or an index into a list, that names no base was made from the newest state. Where it may have been made from an older one, what
 * others did since would be taken back without a word.
 *
 * @throws MissingBaseError where it does not tell.
 */
export function assertNewest(
  wanted: { readonly local: JsonValue } | { readonly patch: readonly Operation[] },
  newest: JsonValue,
  { states, moves, url }: { readonly states: HandedOut; readonly moves: number; readonly url: string },
): void {
  const isNewest = (older: JsonValue): boolean =>
    'patch' in wanted
      ? isSameInLists(wanted.patch, older, newest)
      : isMadeFromNewer({ form: 'put', value: wanted.local }, older, newest);
  if (states.older(moves).every(isNewest)) return;
  states.doubt();
  const what =
    'patch' in wanted
      ? 'the patch does not tell which items its indices mean'
      : 'the value does not tell which version it was made from';
  throw new MissingBaseError(
    `Others have changed ${url} since it was first read, and ${what}: it may come from a form that was opened before. Pass { base }: the snapshot it was made from.`,
    { url },
  );
}
