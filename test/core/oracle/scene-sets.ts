import type { Operation } from 'fast-json-patch';
import type { JsonValue, MergeRule, Patch } from '../../../src/core/index.js';
import { apply, atomic, set } from '../../../src/core/index.js';
import { equal, isObject } from '../tools.js';
import type { Random } from './random.js';
import type { Scene } from './verdict.js';

const TAGS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;

function tagsIn(document: JsonValue): string[] {
  return isObject(document) && Array.isArray(document.t) ? document.t.map(String) : [];
}

function operationOn(tags: readonly string[], random: Random): Operation | undefined {
  const at = random.below(tags.length);
  const fresh = random.pick(TAGS);
  const isFresh = !tags.includes(fresh);
  const kind = random.below(6);
  if (kind === 0 && isFresh)
    return { op: 'add', path: `/t/${random.chance(0.5) ? '-' : random.below(tags.length + 1)}`, value: fresh };
  if (kind === 1 && tags.length > 0) return { op: 'remove', path: `/t/${at}` };
  if (kind === 2 && tags.length > 0 && isFresh) return { op: 'replace', path: `/t/${at}`, value: fresh };
  if (kind === 3) return { op: 'replace', path: '/t', value: TAGS.filter(() => random.chance(0.5)).reverse() };
  if (tags.length > 1) return { op: 'move', from: `/t/${at}`, path: `/t/${random.below(tags.length)}` };
  return undefined;
}

function editOf(base: JsonValue, random: Random): { patch: Patch; document: JsonValue } {
  const patch: Patch = [];
  let document = base;
  for (let count = random.below(4); count > 0; count--) {
    const operation = random.chance(0.15) ? SORT : operationOn(tagsIn(document), random);
    for (const one of operation === SORT ? sorting(tagsIn(document)) : [operation]) {
      if (one === undefined) continue;
      document = apply(document, [one]);
      patch.push(one);
    }
  }
  return { patch, document };
}

const SORT = 'sort';

/** The moves that sort a list. */
function sorting(tags: readonly string[]): Operation[] {
  const here = [...tags];
  return [...tags].sort().flatMap((tag, at) => {
    const from = here.indexOf(tag);
    if (from === at) return [];
    here.splice(at, 0, ...here.splice(from, 1));
    return [{ op: 'move' as const, from: `/t/${from}`, path: `/t/${at}` }];
  });
}

/** A list of tags under `set()`: whatever both did is clean, and nothing is lost. */
export function setScene(random: Random): Scene {
  return sceneUnder(random, set());
}

/** The same under `atomic()`: one side's list, or a conflict. */
export function atomicScene(random: Random): Scene {
  return sceneUnder(random, atomic());
}

function sceneUnder(random: Random, rule: MergeRule): Scene {
  const base: JsonValue = { t: TAGS.filter(() => random.chance(0.6)).sort(() => (random.chance(0.5) ? 1 : -1)), z: 0 };
  const local = editOf(base, random);
  const remote = random.chance(0.3) ? local.document : editOf(base, random).document;
  const [was, mine, other] = [base, local.document, remote].map(tagsIn);
  const there: JsonValue = { t: [...(other ?? []), ...(random.chance(0.3) ? ['remote'] : [])], z: random.below(2) };
  const theirs = tagsIn(there);
  if (was === undefined || mine === undefined) throw new Error('no tags');
  const isSet = typeof rule === 'object' && 'rule' in rule && rule.rule === 'set';
  const clash = !equal(was, mine) && !equal(was, theirs) && !equal(mine, theirs);
  const right = isSet
    ? [
        ...theirs.filter((tag) => mine.includes(tag) || !was.includes(tag)),
        ...mine.filter((tag) => !was.includes(tag) && !theirs.includes(tag)),
      ]
    : equal(was, theirs)
      ? mine
      : theirs;
  return {
    input: { base, patch: local.patch, remote: there, merge: { '/t': rule } },
    must: isSet || !clash ? undefined : 'both changed it differently',
    may: undefined,
    always: () => undefined,
    wrong: ({ value }) => {
      const got = tagsIn(value);
      const [a, b] = isSet ? [[...got].sort(), [...right].sort()] : [got, right];
      return equal(a, b) ? undefined : `${got.join(' ')} instead of ${right.join(' ')}`;
    },
  };
}
