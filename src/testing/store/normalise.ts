import type { JsonValue } from '../core.js';
import { isObject } from './place.js';

/**
 * How a server keeps another form of what it was sent. `trim` and `lower-case`: every string. `round`: every number, to two decimals.
 * `sort`: lists of strings or numbers. `ids`: objects in lists get an `id` if they have none. Or a function of the whole document.
 */
export type Normaliser =
  | 'trim'
  | 'lower-case'
  | 'round'
  | 'sort'
  | 'ids'
  | ((value: JsonValue, path: string) => JsonValue);

/** A value as a server keeps it. `nextId` names the items of lists. */
export function normalised(
  value: JsonValue,
  path: string,
  { steps, nextId }: { readonly steps: readonly Normaliser[]; readonly nextId: () => string },
): JsonValue {
  return steps.reduce((kept, step) => {
    if (typeof step === 'function') return step(kept, path);
    const change = CHANGES[step];
    return everywhere(kept, (part) => change(part, nextId));
  }, value);
}

type Step = Extract<Normaliser, string>;

const CHANGES: Readonly<Record<Step, (part: JsonValue, nextId: () => string) => JsonValue>> = {
  trim: (part) => (typeof part === 'string' ? part.trim() : part),
  'lower-case': (part) => (typeof part === 'string' ? part.toLowerCase() : part),
  round: (part) => (typeof part === 'number' ? Math.round(part * 100) / 100 : part),
  sort: (part) => (Array.isArray(part) && part.every(isPlain) ? part.toSorted(byOrder) : part),
  ids: (part, nextId) =>
    Array.isArray(part)
      ? part.map((item) => (isObject(item) && item.id === undefined ? { id: nextId(), ...item } : item))
      : part,
};

const isPlain = (item: JsonValue): boolean => typeof item === 'string' || typeof item === 'number';

const byOrder = (a: JsonValue, b: JsonValue): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1;

/** The change made to every part of a value, the inner ones first. */
function everywhere(value: JsonValue, change: (part: JsonValue) => JsonValue): JsonValue {
  if (Array.isArray(value)) return change(value.map((item) => everywhere(item, change)));
  if (!isObject(value)) return change(value);
  return change(Object.fromEntries(Object.entries(value).map(([name, part]) => [name, everywhere(part, change)])));
}
