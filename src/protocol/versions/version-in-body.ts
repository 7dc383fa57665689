import type { JsonValue } from '../../core/json.js';
import { setOwn } from '../../core/json.js';
import { openDraft, writableParent } from '../../core/patch/draft.js';
import { getAt } from '../../core/pointer.js';

/**
 * A copy with another token at each of the places where a value carries its version.
 *
 * @param literals The new tokens as JSON text. Undefined: they are taken out.
 */
export function replaceVersion(
  places: readonly (readonly string[])[],
  value: JsonValue,
  literals: readonly string[] | undefined,
): JsonValue {
  const draft = openDraft(value);
  for (const [index, tokens] of places.entries()) {
    const token = tokens.at(-1);
    if (token === undefined || !getAt(draft.root, tokens).present) continue;
    const parent = writableParent(draft, tokens);
    const version: JsonValue | undefined = literals === undefined ? undefined : JSON.parse(literals[index] ?? 'null');
    if (Array.isArray(parent)) parent.splice(Number(token), 1, ...(version === undefined ? [] : [version]));
    else if (parent !== undefined && version === undefined) delete parent[token];
    else if (parent !== undefined && version !== undefined) setOwn(parent, token, version);
  }
  return draft.root;
}
