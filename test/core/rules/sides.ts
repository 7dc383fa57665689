import type { Side } from '../../../src/core/conflict.js';
import type { JsonValue } from '../../../src/core/json.js';
import type { Sides } from '../../../src/core/rules/rule.js';

const side = (value: JsonValue | undefined): Side =>
  value === undefined ? { present: false } : { present: true, value };

/** Three values as the engine hands them to a rule; `undefined` is missing. */
export function sides(base: JsonValue | undefined, local: JsonValue | undefined, remote: JsonValue | undefined): Sides {
  return { base: side(base), local: side(local), remote: side(remote) };
}
