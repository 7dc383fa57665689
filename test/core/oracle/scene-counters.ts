import type { JsonObject, JsonValue, MergeRule, Patch } from '../../../src/core/index.js';
import { apply, counter } from '../../../src/core/index.js';
import { equal } from '../tools.js';
import type { Random } from './random.js';
import type { Scene } from './verdict.js';

const RULES: Record<string, MergeRule> = { '/o/n': counter(), '/o/p/n': counter(), '/o/l/*/n': counter() };

/** The leaves of a document by name; those called `n` are counted. */
interface Leaves {
  [place: string]: JsonValue;
}

function documentOf(leaves: Leaves): JsonObject {
  const at = (place: string): JsonValue => leaves[place] ?? null;
  return {
    o: {
      n: at('n'),
      k: at('k'),
      p: { n: at('p/n'), q: at('p/q') },
      l: ['1', '2'].map((id) => ({ id, n: at(`${id}/n`), k: at(`${id}/k`) })),
    },
    z: at('z'),
  };
}

const PLACES = ['n', 'k', 'p/n', 'p/q', '1/n', '1/k', '2/n', '2/k', 'z'] as const;
const isCounter = (place: string): boolean => place.endsWith('n');

function changed(leaves: Leaves, random: Random, mark: string): Leaves {
  const other = { ...leaves };
  for (let count = 1 + random.below(3); count > 0; count--) {
    const place = random.pick(PLACES);
    other[place] = isCounter(place) ? Number(other[place]) + random.below(3) - 1 : random.pick([mark, 'same']);
  }
  return other;
}

/** Counters below a whole that one side or both replaced. In doubt, what is no counter may tell. */
export function counterScene(random: Random): Scene | undefined {
  const base: Leaves = Object.fromEntries(PLACES.map((place) => [place, isCounter(place) ? 5 : `b.${place}`]));
  const mine = changed(base, random, 'L');
  const landed = random.chance(0.3);
  const inDoubt = landed || random.chance(0.2);
  const other = random.chance(0.2) && !inDoubt ? mine : changed(landed ? mine : base, random, 'R');
  const start = documentOf(base);
  const [made, remote] = [documentOf(mine), documentOf(other)];
  if (equal(start, remote)) return undefined;
  const patch: Patch = [{ op: 'replace', path: '/z', value: made.z ?? null }];
  if (random.chance(0.6)) patch.unshift({ op: 'replace', path: '/o', value: made.o ?? null });
  else
    for (const place of PLACES)
      if (place !== 'z' && mine[place] !== base[place])
        patch.push({ op: 'replace', path: pathOf(place), value: mine[place] ?? null });
  const met = PLACES.some(
    (place) => !isCounter(place) && mine[place] !== base[place] && other[place] !== (landed ? mine : base)[place],
  );
  const tells = PLACES.some((place) => !isCounter(place) && mine[place] !== base[place]);
  if (inDoubt && (met || !tells)) return undefined;
  const must = PLACES.find(
    (place) =>
      !landed &&
      !isCounter(place) &&
      mine[place] !== base[place] &&
      other[place] !== base[place] &&
      mine[place] !== other[place],
  );
  const right: Leaves = {};
  for (const place of PLACES) {
    const [was, ours, theirs] = [base[place] ?? null, mine[place] ?? null, other[place] ?? null];
    right[place] = landed
      ? theirs
      : isCounter(place)
        ? Number(theirs) + Number(ours) - Number(was)
        : ours === was
          ? theirs
          : ours;
  }
  if (must !== undefined) right[must] = other[must] ?? null;
  const places = PLACES.filter((place) => isCounter(place));
  const read = (document: JsonValue): Leaves => leavesOf(document);
  return {
    input: { base: start, patch, remote, merge: RULES, ...(inDoubt ? { inDoubt } : {}) },
    must: must === undefined ? undefined : `${must} set by both`,
    may: undefined,
    always: (output) => {
      // The counters count, whatever else is in conflict.
      const got = read(output.value);
      const wrong = places.find((place) => got[place] !== right[place]);
      if (inDoubt && output.landed === (landed ? 'no' : 'yes')) return `landed ${output.landed}`;
      if (output.landed === 'unknown') return undefined;
      return wrong === undefined ? undefined : `${wrong} is ${got[wrong]}, not ${right[wrong]}`;
    },
    wrong: ({ value, landed: told }) =>
      told === 'unknown' || equal(value, documentOf(right)) || !equal(apply(start, patch), made)
        ? undefined
        : 'another value',
  };
}

function pathOf(place: string): string {
  return `/o/${place.replace(/^([12])\//, (_all, id: string) => `l/${Number(id) - 1}/`)}`;
}

function leavesOf(document: JsonValue): Leaves {
  const at = (path: string): JsonValue => {
    let here: JsonValue | undefined = document;
    for (const token of path.split('/').slice(1))
      here = typeof here === 'object' && here !== null ? new Map(Object.entries(here)).get(token) : undefined;
    return here ?? null;
  };
  return Object.fromEntries(PLACES.map((place) => [place, place === 'z' ? at('/z') : at(pathOf(place))]));
}
