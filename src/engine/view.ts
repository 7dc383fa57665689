import type { JsonValue } from '../core/json.js';
import { rebaseEdit } from '../core/rebase.js';
import type { Edit } from './edit.js';

/** What a person should see now: the value with every pending edit on top. Where an edit conflicts, what the person typed stays visible. */
export function withPending(value: JsonValue | undefined, pending: readonly Edit[]): JsonValue | undefined {
  let seen = value;
  // A stable sort.
  for (const edit of [...pending].sort((a, b) => depthOf(a) - depthOf(b))) seen = withEdit(seen, edit);
  return seen;
}

/** What was stopped and is taken up again lies below what was made since, and a create below that. */
function depthOf({ input }: Edit): number {
  if (input.before === undefined) return 2;
  return input.creating ? 0 : 1;
}

function withEdit(value: JsonValue | undefined, edit: Edit): JsonValue {
  const { base, patch, local, isDerived } = edit.intent;
  if (value === undefined || edit.input.creating) return local;
  const { merge } = edit.input.policy;
  try {
    const output = rebaseEdit({ base, patch, remote: value, merge }, isDerived !== true);
    if (output.conflicts.length === 0) return output.value;
    const resolutions = Object.fromEntries(output.conflicts.map((conflict) => [conflict.basePath, 'local'] as const));
    return rebaseEdit({ base, patch, remote: value, merge, resolutions }, isDerived !== true).value;
  } catch {
    // A merge rule of the user's failed. The edit will end with its error; until then what was typed stays visible.
    return local;
  }
}
