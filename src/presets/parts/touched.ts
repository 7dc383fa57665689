import type { WriteEdit } from '../../contract/resource-options.js';
import { parsePointer } from '../../core/pointer.js';
import { member } from '../../protocol/body/body-kind.js';

/** Top-level members an edit touches: what they are now, and which are gone. */
export interface Touched {
  readonly set: Readonly<Record<string, unknown>>;
  readonly removed: readonly string[];
}

/** Read from the patch and not by comparing documents: what the server owns may have been left out of one of them. */
export function touchedBy(edit: WriteEdit<unknown>): Touched {
  const names = new Set<string>();
  for (const operation of edit.patch) {
    if (operation.op === 'test') continue;
    const places = [operation.path, ...(operation.op === 'move' ? [operation.from] : [])].map(
      (path) => parsePointer(path)?.[0],
    );
    if (places.includes(undefined)) for (const name of [...namesOf(edit.base), ...namesOf(edit.local)]) names.add(name);
    for (const name of places) if (name !== undefined) names.add(name);
  }
  const has = (name: string): boolean => member(edit.local, name) !== undefined;
  return {
    set: Object.fromEntries([...names].filter(has).map((name) => [name, member(edit.local, name)])),
    removed: [...names].filter((name) => !has(name)),
  };
}

/**
 * The touched members for an API that merges objects and takes null for "nothing there": a removed member is null, inside objects too.
 */
export function mergingBody(edit: WriteEdit<unknown>): Record<string, unknown> {
  const { set, removed } = touchedBy(edit);
  const entries = Object.entries(set).map(([name, value]) => [name, withNulls(member(edit.base, name), value)]);
  return Object.fromEntries([...entries, ...removed.map((name) => [name, null])]);
}

function withNulls(before: unknown, after: unknown): unknown {
  if (!isObject(before) || !isObject(after)) return after;
  const lost = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const kept = Object.entries(after).map(([name, value]) => [name, withNulls(member(before, name), value)]);
  return Object.fromEntries([...kept, ...lost.map((name) => [name, null])]);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namesOf(value: unknown): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}
