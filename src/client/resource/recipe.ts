import { assertJson, cloneJson, frozenCopy } from '../../core/assert-json.js';
import { InvalidOptionsError } from '../../core/errors.js';
import type { JsonValue } from '../../core/json.js';
import { isContainer } from '../../core/json.js';
import { jsonText } from '../../protocol/body/body.js';

/** What a recipe makes of a copy of `base`. Frozen, and nothing of it is the caller's. */
export function runRecipe(recipe: (draft: JsonValue) => unknown, base: JsonValue): JsonValue {
  const draft = cloneJson(base);
  const returned: unknown = recipe(draft);
  if (isThenable(returned)) {
    throw refused(
      'returned a promise',
      'Fetch what it needs first, then edit: the draft is only valid during the call.',
    );
  }
  if (returned !== undefined && isContainer(base) && kindOf(returned) !== kindOf(base)) {
    throw refused(
      `returned ${isContainer(returned) ? kindOf(returned) : String(returned)} in place of ${kindOf(base)}`,
      BRACES,
    );
  }
  if (isContainer(returned) && returned !== draft) {
    assertJson(draft, 'what the recipe made');
    if (jsonText(draft) !== jsonText(base)) throw refused('changed its draft and returned something else', BRACES);
    if (holds(draft, returned)) throw refused('returned a part of its draft', BRACES);
  }
  const made = returned === undefined ? draft : returned;
  assertJson(made, 'what the recipe made');
  // The recipe may have kept the draft, or put something of the caller's into it: from here on it is a copy of ours.
  return frozenCopy(made, base);
}

const BRACES = 'Put the body in braces, (draft) => { … }, or return the whole new value.';

function holds(draft: JsonValue, part: unknown): boolean {
  const open: unknown[] = [draft];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    for (const inner of Object.values(Object(value))) {
      if (inner === part) return true;
      if (isContainer(inner)) open.push(inner);
    }
  }
  return false;
}

function refused(what: string, mend: string): InvalidOptionsError {
  return new InvalidOptionsError(`The recipe ${what}. ${mend}`, { option: 'recipe' });
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : isContainer(value) ? 'an object' : 'a scalar';
}

function isThenable(value: unknown): boolean {
  return isContainer(value) && typeof Reflect.get(Object(value), 'then') === 'function';
}
