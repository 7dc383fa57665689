import { assertJson, cloneJson } from '../../../core/assert-json.js';
import { InvalidPatchError } from '../../../core/errors.js';
import type { JsonValue, Pointer } from '../../../core/json.js';
import { isContainer, setOwn } from '../../../core/json.js';
import { arrayIndex, getAt, parsePointer } from '../../../core/pointer.js';

/**
 * The document with one place set: what is there is replaced, what is not there is added, and `-` appends.
 *
 * @throws InvalidPatchError where nothing is there to hold it.
 */
export function setAt(document: JsonValue, path: Pointer, value: JsonValue, url: string): JsonValue {
  assertJson(value, `the value given to set("${path}")`);
  const tokens = parsePointer(path);
  const refuse = (reason: string): InvalidPatchError =>
    new InvalidPatchError(`set("${path}") of a draft of ${url}: ${reason}. Nothing was changed.`, {
      index: 0,
      reason,
      url,
    });
  if (tokens === undefined) throw refuse('this is no JSON Pointer, which is empty or begins with "/"');
  const token = tokens.at(-1);
  if (token === undefined) return cloneJson(value);
  const copy = cloneJson(document);
  const parent = getAt(copy, tokens.slice(0, -1));
  if (!parent.present || !isContainer(parent.value))
    throw refuse('nothing is there to hold it; set what is above it first');
  if (!Array.isArray(parent.value)) {
    setOwn(parent.value, token, cloneJson(value));
    return copy;
  }
  const { length } = parent.value;
  const at = token === '-' ? length : arrayIndex(token);
  if (at === undefined || at > length) throw refuse(`its list of length ${length} has no place "${token}"`);
  parent.value[at] = cloneJson(value);
  return copy;
}
