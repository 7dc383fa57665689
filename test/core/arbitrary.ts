import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/core/json.js';
import { setOwn } from '../../src/core/json.js';

/** Names that go wrong elsewhere, next to ordinary ones. */
const name = fc.constantFrom(
  'a',
  'b',
  'c',
  'id',
  '1',
  '01',
  '-',
  '',
  'a/b',
  '~',
  '~1',
  '__proto__',
  'constructor',
  'toString',
);

export const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.integer({ min: -1, max: 3 }),
  fc.constantFrom<JsonValue[]>(null, true, false, '', 'a', 'text', -0, 0.5),
);

function objectOf(members: readonly (readonly [string, JsonValue])[]): JsonObject {
  const object: JsonObject = {};
  for (const [key, member] of members) setOwn(object, key, member);
  return object;
}

/** Small documents of few different values, so that equal ones meet. */
export const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue; keyed: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    scalar,
    fc.array(fc.tuple(name, tie('value')), { maxLength: 4, depthIdentifier: 'json' }).map(objectOf),
    fc.array(tie('value'), { maxLength: 5, depthIdentifier: 'json' }),
    fc.uniqueArray(tie('keyed'), {
      maxLength: 6,
      depthIdentifier: 'json',
      selector: (item) => JSON.stringify((item as JsonObject).id),
    }),
  ),
  keyed: fc
    .tuple(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constantFrom('1', 'x')), tie('value'))
    .map(([id, v]) => ({ id, v })),
})).value;

/** A document and another one made from it by a few changes, moves among them. */
export const edited: fc.Arbitrary<readonly [JsonValue, JsonValue]> = fc
  .tuple(
    json,
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('set', 'drop', 'insert', 'move', 'swap'), json), {
      maxLength: 4,
    }),
  )
  .map(([before, changes]) => {
    let after: JsonValue = JSON.parse(JSON.stringify(before));
    for (const [where, place, kind, value] of changes) after = mutate(after, where, place, kind, value);
    return [before, after] as const;
  });

function mutate(root: JsonValue, where: number, place: number, kind: string, value: JsonValue): JsonValue {
  const containers: (JsonObject | JsonValue[])[] = [];
  const collect = (node: JsonValue): void => {
    if (typeof node !== 'object' || node === null) return;
    containers.push(node);
    Object.values(node).forEach(collect);
  };
  collect(root);
  const target = containers[where % Math.max(1, containers.length)];
  if (target === undefined) return value;
  const copy: JsonValue = JSON.parse(JSON.stringify(value));
  if (Array.isArray(target)) {
    const at = place % (target.length + 1);
    if (kind === 'set' && at < target.length) target[at] = copy;
    else if (kind === 'drop') target.splice(at, 1);
    else if (kind === 'move') target.splice(place % 3, 0, ...target.splice(at, 1));
    else if (kind === 'swap') target.reverse();
    else target.splice(at, 0, copy);
    return root;
  }
  const keys = Object.keys(target);
  const key = keys[place % Math.max(1, keys.length)];
  if (key === undefined || kind === 'insert') target[`new${place % 3}`] = copy;
  else if (kind === 'drop') delete target[key];
  else setOwn(target, key, copy);
  return root;
}

/** The same numbers every time, for tests that need many without a property. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** `levels` containers in one another, by turns an object and an array, around a value. */
export function deepDocument(
  levels: number,
  innermost: JsonValue,
  kinds: readonly ('object' | 'array')[] = ['object', 'array'],
): JsonValue {
  let value = innermost;
  for (let level = levels - 1; level >= 0; level--)
    value = kinds[level % kinds.length] === 'array' ? [value] : { a: value };
  return value;
}
