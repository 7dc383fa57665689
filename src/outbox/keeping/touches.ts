import type { StoredEdit } from '../../client/outbox/index.js';

/** Whether an edit is about something that another one changed, so that it was made on top of that. A list is one thing: places in it shift. */
export function touches(edit: StoredEdit, other: StoredEdit): boolean {
  if (edit.kind !== 'update' || other.kind !== 'update') return true;
  const places = placesOf(other);
  return placesOf(edit).some((place) => places.some((its) => place.startsWith(its) || its.startsWith(place)));
}

function placesOf({ patch }: StoredEdit): string[] {
  return patch.flatMap((operation) => {
    const paths = 'from' in operation ? [operation.path, operation.from] : [operation.path];
    return paths.map(upToList);
  });
}

function upToList(path: string): string {
  const tokens = path.split('/');
  const at = tokens.findIndex((token) => /^(?:\d+|-)$/.test(token));
  return `${tokens.slice(0, at < 0 ? tokens.length : at).join('/')}/`;
}
