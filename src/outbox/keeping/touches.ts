import type { StoredEdit } from '../../client/outbox/index.js';
import type { Patch } from '../../exports.js';

/**
 * Whether an edit is about something that another one changed, so that it was made on top of that. A list is one thing: places in it
 * shift. But what is only added to a list is about nothing that another one did inside it.
 */
export function touches(edit: StoredEdit, other: StoredEdit): boolean {
  if (edit.kind !== 'update' || other.kind !== 'update') return true;
  const theirs = other.patch.flatMap(pathsOf);
  return edit.patch.some((operation) =>
    pathsOf(operation).some((path) => {
      const place = upToList(path);
      const isAdded = operation.op === 'add' && place === `${path.slice(0, path.lastIndexOf('/'))}/`;
      return theirs.some((its) =>
        isAdded ? place.startsWith(`${its}/`) : place.startsWith(upToList(its)) || upToList(its).startsWith(place),
      );
    }),
  );
}

function pathsOf(operation: Patch[number]): string[] {
  return 'from' in operation ? [operation.path, operation.from] : [operation.path];
}

/** Its path, or that of the list that it is in. */
function upToList(path: string): string {
  const tokens = path.split('/');
  const at = tokens.findIndex((token) => /^(?:\d+|-)$/.test(token));
  return `${tokens.slice(0, at < 0 ? tokens.length : at).join('/')}/`;
}
