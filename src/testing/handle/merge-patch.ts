import type { JsonObject, JsonValue } from '../core.js';
import { isObject } from '../store/place.js';

/** RFC 7396, at any depth. `__proto__` and its like are members like any other; the target is not changed. */
export function mergePatch(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const root = copyOf(target);
  const open: (readonly [into: JsonObject, patch: JsonObject])[] = [[root, patch]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [into, changes] = next;
    for (const [name, change] of Object.entries(changes)) {
      if (change === null) {
        delete into[name];
      } else if (isObject(change)) {
        const inner = copyOf(Object.hasOwn(into, name) ? into[name] : undefined);
        setOwn(into, name, inner);
        open.push([inner, change]);
      } else {
        setOwn(into, name, change);
      }
    }
  }
  return root;
}

const copyOf = (value: JsonValue | undefined): JsonObject => (isObject(value) ? { ...value } : {});

function setOwn(into: JsonObject, name: string, value: JsonValue): void {
  Object.defineProperty(into, name, { value, writable: true, enumerable: true, configurable: true });
}
