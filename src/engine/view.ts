import type { JsonValue } from '../core/json.js';
import { rebaseEdit } from '../core/rebase.js';
import type { Edit } from './edit.js';

/** What a person should see now: the value with every pending edit on top. Where an edit conflicts, what the person typed stays visible. */
export function withPending(value: JsonValue | undefined, pending: readonly Edit[]): JsonValue | undefined {
  let seen = value;
  // What is to be created lies below all edits, also when it is tried again after them.
  const inOrder = [...pending].sort((a, b) => Number(b.input.creating) - Number(a.input.creating));
  for (const edit of inOrder) seen = withEdit(seen, edit);
  return seen;
}

function withEdit(value: JsonValue | undefined, edit: Edit): JsonValue {
  const { base, patch, local, isDerived } = edit.intent;
  if (value === undefined || edit.input.creating) return local;
  const { merge } = edit.input.policy;
  const output = rebaseEdit({ base, patch, remote: value, merge }, isDerived !== true);
  if (output.conflicts.length === 0) return output.value;
  const resolutions = Object.fromEntries(output.conflicts.map((conflict) => [conflict.basePath, 'local'] as const));
  return rebaseEdit({ base, patch, remote: value, merge, resolutions }, isDerived !== true).value;
}
