import type { Operation } from 'fast-json-patch';
import fastJsonPatch from 'fast-json-patch';
import type { JsonValue } from '../../src/core/json.js';
import { isObject } from '../../src/core/json.js';
import { apply } from '../../src/core/patch/apply.js';
import { parsePointer } from '../../src/core/pointer.js';
import { member } from './oracle-module.js';

/** RFC 6902 operations as one of json1's, the indices and values of the moment looked up. */
export function json1Operation(module: unknown, type: unknown, base: JsonValue, patch: readonly Operation[]): unknown {
  let here = base;
  let whole: unknown = null;
  for (const operation of patch) {
    const path = json1Path(here, operation.path);
    const found = (): unknown => fastJsonPatch.getValueByPointer(here, operation.path);
    let step: unknown = null;
    if (operation.op === 'remove') step = member(module, 'removeOp')(path, found());
    if (operation.op === 'add') step = member(module, 'insertOp')(path, operation.value);
    if (operation.op === 'replace') step = member(module, 'replaceOp')(path, found(), operation.value);
    if (operation.op === 'move') step = member(module, 'moveOp')(json1Path(here, operation.from), path);
    whole = member(type, 'compose')(whole, step);
    here = apply(here, [operation]);
  }
  return whole;
}

function json1Path(document: JsonValue, pointer: string): (string | number)[] {
  let here: JsonValue | undefined = document;
  return (parsePointer(pointer) ?? []).map((token) => {
    if (!Array.isArray(here)) {
      here = isObject(here) ? here[token] : undefined;
      return token;
    }
    const index = token === '-' ? here.length : Number(token);
    here = here[index];
    return index;
  });
}
