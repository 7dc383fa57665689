import { assertJson, MAX_DEPTH, shallow, TOO_DEEP } from './assert-json.js';
import { InvalidJsonError } from './errors.js';
import type { JsonContainer, JsonValue } from './json.js';
import { isContainer } from './json.js';

/** Refuses a document with more than 1,000 objects and lists in one another, at the door. `around`: so many are around it already. */
export function assertDepth(document: JsonValue, what: string, around = 0): void {
  if (!isContainer(document) || shallow.has(document)) return;
  if (isDeeper(document, MAX_DEPTH - around)) {
    assertJson(document, what);
    throw new InvalidJsonError(`${what} holds ${TOO_DEEP}. Store it in another shape, or as text.`, { path: '' });
  }
  if (around === 0 && Object.isFrozen(document)) shallow.add(document);
}

function isDeeper(value: JsonContainer, depth: number): boolean {
  if (depth <= 0) return true;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const item = value[at];
      if (typeof item === 'object' && item !== null && isDeeper(item, depth - 1)) return true;
    }
    return false;
  }
  for (const key in value) {
    const member = value[key];
    if (typeof member === 'object' && member !== null && isDeeper(member, depth - 1)) return true;
  }
  return false;
}
