import type { MergePreview } from '../contract/resolver.js';
import type { MergeConflict, Resolution } from '../core/conflict.js';
import type { JsonValue } from '../core/json.js';
import type { Question } from './ask-resolver.js';
import type { Edit, Intent } from './edit.js';

/** What a resolver is asked when the resource was deleted under the edit: one conflict, of the whole. */
export function goneQuestion(edit: Edit): Question {
  const conflict = goneConflict(edit.intent);
  return {
    reason: 'gone',
    remote: undefined,
    merged: undefined,
    conflicts: [conflict],
    preview: ({ '': resolution }) => gonePreview(conflict, resolution),
    latest: undefined,
  };
}

export function goneConflict({ base, local, patch }: Intent): MergeConflict {
  return {
    kind: 'modify-delete',
    path: '',
    basePath: '',
    base: { present: true, value: base },
    local: { present: true, value: local },
    remote: { present: false },
    operations: patch.map((_, index) => index),
    message: 'You changed this, and it was deleted meanwhile.',
  };
}

/** What an answer to it comes to: undefined is that it stays deleted. */
export function gonePreview(conflict: MergeConflict, resolution: Resolution | undefined): MergePreview {
  const value = chosen(conflict, resolution);
  return {
    value,
    patch: value === undefined ? [] : [{ op: 'replace', path: '', value }],
    conflicts: resolution === undefined ? [conflict] : [],
    resolved: resolution === undefined ? [] : [{ ...conflict, by: 'resolver', resolution }],
  };
}

function chosen({ base, local }: MergeConflict, resolution: Resolution | undefined): JsonValue | undefined {
  if (typeof resolution === 'object') return resolution.value;
  const side = resolution === 'local' ? local : resolution === 'base' ? base : undefined;
  return side?.present === true ? side.value : undefined;
}
