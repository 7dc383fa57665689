import type { ConflictKind } from './conflict.js';
import type { Pointer } from './json.js';

/** One sentence for a person: what both sides did, and where. */
export function messageOf(kind: ConflictKind, path: Pointer, hint?: Pointer): string {
  const place = path === '' ? 'The whole document' : `"${path}"`;
  const moved = hint === undefined ? '' : ` It may be at "${hint}" now.`;
  switch (kind) {
    case 'value':
      return `${place} was changed differently here and on the server.`;
    case 'add-add':
      return `${place} was added here and on the server, with different values.`;
    case 'modify-delete':
      return `${place} was changed here and deleted on the server.${moved}`;
    case 'delete-modify':
      return `${place} was deleted here and changed on the server.`;
    case 'type-change':
      return `${place} was changed here and on the server, and is not the same kind of value any more.`;
    case 'test-failed':
      return `${place} is not what the edit expects there.`;
    case 'move':
      return `${place} was moved here, and is not on the server any more.`;
    case 'order':
      return `${place} was moved to different places here and on the server.`;
    case 'ambiguous-array':
      return `${place} is in a list that the server changed too, and which item is which cannot be told.`;
  }
}
