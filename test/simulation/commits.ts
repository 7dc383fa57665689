import type { JsonValue } from '../../src/core/json.js';
import { isObject } from '../../src/core/json.js';
import { countOf, logOf, namesOf, titleOf, tokensOf } from './document.js';
import type { Entry } from './flaky-server.js';
import type { Filed } from './records.js';

/** Every commit of a client's changes just what this client's edits are about, and leaves all else as it was. */
export function impureCommits(history: readonly Entry[], resource: number, filed: readonly Filed[]): string[] {
  const here = filed.filter((one) => one.resource === resource);
  const broken: string[] = [];
  history.forEach(({ value, by }, index) => {
    const before = history[index - 1]?.value;
    if (by === undefined || value === undefined || before === undefined) return;
    const actor = here.find(({ id }) => by.startsWith(`${id}-`))?.actor;
    const mine = here.filter((one) => one.actor === actor);
    const what = impurity(before, value, mine);
    if (what !== undefined) broken.push(`commit ${by} ${what}`);
  });
  return broken;
}

function impurity(before: JsonValue, after: JsonValue, mine: readonly Filed[]): string | undefined {
  const tokens = new Set<string>();
  const strikes = new Set<string>();
  const counts: number[] = [];
  let logs = 0;
  const titles = new Set<unknown>([titleOf(before)]);
  for (const { deed, id } of mine) {
    if (deed.kind === 'token' || deed.kind === 'forbidden') tokens.add(deed.token);
    else if (deed.kind === 'strike') strikes.add(deed.token);
    else if (deed.kind === 'count') counts.push(deed.by);
    else if (deed.kind === 'log') logs += 1;
    else if (deed.kind === 'title') titles.add(id);
  }
  const was = tokensOf(before);
  const is = tokensOf(after);
  for (const token of is.keys()) if (!was.has(token) && !tokens.has(token)) return `brought in ${token}`;
  for (const token of was.keys()) if (!is.has(token) && !strikes.has(token)) return `took out ${token}`;
  const [old, now] = [namesOf(before).lists, namesOf(after).lists];
  for (const [index, list] of now.entries()) {
    const kept = list.filter((name) => was.has(name));
    if (kept.join() !== old[index]?.filter((name) => is.has(name)).join()) return 'changed an order';
  }
  if (!titles.has(titleOf(after))) return 'wrote a title of somebody else';
  if (flagOf(before) !== flagOf(after)) return 'turned a switch of somebody else';
  if (!isSumOf(countOf(after) - countOf(before), counts)) return `counted ${countOf(after) - countOf(before)}`;
  const logged = logOf(after) - logOf(before);
  return logged < 0 || logged > logs ? `logged ${logged}` : undefined;
}

function flagOf(value: JsonValue): unknown {
  return isObject(value) ? value.flag : undefined;
}

/** Whether it is the sum of some of these, each at most once: all are 1, or powers of four. */
function isSumOf(sum: number, parts: readonly number[]): boolean {
  let left = sum;
  for (const part of [...parts].sort((a, b) => b - a)) if (part <= left) left -= part;
  return left === 0;
}
