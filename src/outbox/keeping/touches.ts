import type { StoredEdit } from '../../client/outbox/index.js';

/** Whether an edit is about something that another one changed, so that it was made on top of that. A list is one thing: places in it shift. */
export function touches(edit: StoredEdit, other: StoredEdit): boolean {
  return meet(edit, other, upToList);
}

/** Whether it changes the very thing that another one changed: of a list, the same place. */
export function replaces(edit: StoredEdit, other: StoredEdit): boolean {
  return meet(edit, other, (path) => `${path}/`);
}

function meet(edit: StoredEdit, other: StoredEdit, placeOf: (path: string) => string): boolean {
  if (edit.kind !== 'update' || other.kind !== 'update') return true;
  const places = placesOf(other).map(placeOf);
  return placesOf(edit).some((path) =>
    places.some((its) => placeOf(path).startsWith(its) || its.startsWith(placeOf(path))),
  );
}

function placesOf({ patch }: StoredEdit): string[] {
  return patch.flatMap((operation) => ('from' in operation ? [operation.path, operation.from] : [operation.path]));
}

function upToList(path: string): string {
  const tokens = path.split('/');
  const at = tokens.findIndex((token) => /^(?:\d+|-)$/.test(token));
  return `${tokens.slice(0, at < 0 ? tokens.length : at).join('/')}/`;
}
