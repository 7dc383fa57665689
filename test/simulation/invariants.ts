import { impureCommits } from './commits.js';
import { titleOf, tokensOf } from './document.js';
import type { Entry } from './flaky-server.js';
import type { Outcome } from './records.js';
import { gaveWay } from './records.js';
import type { Report } from './schedule.js';
import { sumsBroken } from './sums.js';
import { strongOf } from './versioning.js';

/** Requests that one edit may cost at most, whatever happens. */
const REQUESTS_PER_DEED = 120;

/** What a schedule broke of what is promised; empty if nothing. */
export function violations(report: Report): string[] {
  const broken = [...report.broken];
  report.histories.forEach((history, resource) => {
    const outcomes = report.outcomes.filter((outcome) => outcome.resource === resource);
    broken.push(...tokensBroken(history, outcomes), ...foreignBroken(history, resource, report));
    broken.push(...titlesBroken(history, outcomes), ...deletesBroken(history, outcomes));
    broken.push(...resultsBroken(history, outcomes), ...impureCommits(history, resource, report.filed));
    if (!report.world.deleting) broken.push(...sumsBroken(history, outcomes, resource, report));
  });
  return [...new Set([...broken, ...endingsBroken(report)])];
}

/** Everything ends, costs what it may, and leaves nothing behind. */
function endingsBroken({ filed, outcomes, requests, requestsLeft, timersLeft, took, world }: Report): string[] {
  const broken: string[] = [];
  if (outcomes.length !== filed.length) broken.push(`${filed.length - outcomes.length} edits never ended`);
  if (timersLeft > 0) broken.push(`${timersLeft} timers are left`);
  if (requestsLeft > 0) broken.push(`${requestsLeft} requests are left`);
  if (requests > (filed.length + 1) * REQUESTS_PER_DEED) broken.push(`${requests} requests for ${filed.length} edits`);
  const longest = (filed.length + 1) * (world.policy.retry.deadline + 5_000) + 10_000;
  // A release takes its time off the clock, once for each time that the lock is met.
  if (took > longest * (world.release === 'slow' ? 10 : 1)) broken.push(`it took ${took} ms for ${filed.length} edits`);
  // A batch that the server refuses for one edit is taken apart: the others land. But what is created again is all that was seen.
  const isUnfair = world.temper !== 'fair' || world.weather.refuse > 0 || world.deleting;
  for (const { id, kind, deed, error } of outcomes) {
    if (isUnfair || kind !== 'failed' || deed.kind === 'forbidden' || !(error instanceof Error)) continue;
    // Where contents come back, a version that moved there and back has not moved.
    const isThereAndBack = world.versioning.name === 'hash' && error.message.includes('with 412');
    if (/refused to write|^(400|403|409|422)$/.test(error.message) && !isThereAndBack)
      broken.push(`${id} was refused for somebody else's fault (${String(error)})`);
  }
  return broken;
}

/** Tokens: never twice, never taken away, there if accepted, nowhere if failed. */
function tokensBroken(history: readonly Entry[], outcomes: readonly Outcome[]): string[] {
  const broken: string[] = [];
  const ever = new Set<string>();
  const struck = new Set(outcomes.flatMap(({ deed }) => (deed.kind === 'strike' ? [deed.token] : [])));
  let before = new Map<string, number>();
  for (const { value } of history) {
    const now = tokensOf(value);
    for (const [token, times] of now) {
      ever.add(token);
      if (times > 1) broken.push(`${token} is there ${times} times`);
      if (value !== undefined && before.size > 0 && struck.has(token) && !before.has(token))
        broken.push(`${token} came back`);
    }
    for (const token of before.keys())
      if (value !== undefined && !now.has(token) && !struck.has(token)) broken.push(`${token} was lost`);
    before = now;
  }
  for (const { deed, kind, error, id, result } of outcomes) {
    if (gaveWay(result)) continue;
    if (deed.kind === 'token' || deed.kind === 'forbidden') {
      if (kind === 'accepted' && !ever.has(deed.token)) broken.push(`accepted edit ${id} is nowhere`);
      if (kind === 'failed' && ever.has(deed.token) && !isBroughtBack(history, id, (value) => tokensOf(value).has(id)))
        broken.push(`failed edit ${id} is there (${String(error)})`);
    } else if (deed.kind === 'strike') {
      if (kind === 'accepted' && before.has(deed.token)) broken.push(`accepted strike ${id} did nothing`);
      if (kind === 'failed' && !before.has(deed.token)) broken.push(`failed strike ${id} was made (${String(error)})`);
    }
  }
  return broken;
}

/** What is created again after a deletion is all that its client saw, and that may hold an edit that failed in the end. */
function isBroughtBack(history: readonly Entry[], id: string, isIn: (value: Entry['value']) => boolean): boolean {
  const first = history.findIndex(({ value }) => isIn(value));
  return history[first - 1]?.value === undefined && history[first]?.by?.startsWith(`${id}-`) === false;
}

/** What others wrote, stayed. */
function foreignBroken(history: readonly Entry[], resource: number, { foreign }: Report): string[] {
  return foreign.flatMap(({ token, resource: where }) => {
    if (token === undefined || where !== resource) return [];
    return history.some(({ value }) => tokensOf(value).has(token)) ? [] : [`${token} was never there`];
  });
}

/** Titles are written over by the next one; what was accepted stood there once, unless it was settled or written over on the way. */
function titlesBroken(history: readonly Entry[], outcomes: readonly Outcome[]): string[] {
  const ever = new Set(history.map(({ value }) => titleOf(value)));
  const titles = outcomes.filter(({ deed }) => deed.kind === 'title');
  return titles.flatMap(({ id, actor, kind, result, error }) => {
    const writtenOver = titles.some(
      (other) => other.actor === actor && Number(other.id.split('e')[1]) > Number(id.split('e')[1]),
    );
    const isBack = isBroughtBack(history, id, (value) => titleOf(value) === id);
    if (kind === 'failed' && ever.has(id) && !isBack) return [`failed title ${id} was there (${String(error)})`];
    return kind === 'accepted' && !gaveWay(result) && !writtenOver && !ever.has(id)
      ? [`accepted title ${id} never was`]
      : [];
  });
}

/** Deletes: what is gone was there in the version that was to be deleted, and nothing else was deleted. */
function deletesBroken(history: readonly Entry[], outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ id, deed, kind }) => {
    if (deed.kind !== 'delete') return [];
    const mine = history.flatMap(({ by, value }, index) =>
      value === undefined && by?.startsWith(`${id}-`) === true ? [history[index - 1]?.version] : [],
    );
    const broken: string[] = [];
    if (kind === 'failed' && mine.length > 0) broken.push(`failed delete ${id} deleted`);
    if (deed.version !== undefined && mine.some((version) => version !== strongOf(deed.version ?? '')))
      broken.push(`delete ${id} of ${deed.version} deleted ${mine.join()}`);
    if (kind === 'accepted' && history.every(({ value }) => value !== undefined))
      broken.push(`accepted delete ${id}, and it was never gone`);
    return broken;
  });
}

/** A result tells a state that the resource had, with the edit in it. */
function resultsBroken(history: readonly Entry[], outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ id, deed, kind, result }) => {
    if (kind !== 'accepted' || result === undefined || gaveWay(result)) return [];
    const { value, version } = result;
    const tokens = tokensOf(value);
    const broken: string[] = [];
    if ((deed.kind === 'token' || deed.kind === 'forbidden') && tokens.get(deed.token) !== 1)
      broken.push(`the result of ${id} has it ${tokens.get(deed.token) ?? 0} times`);
    if (deed.kind === 'strike' && tokens.has(deed.token)) broken.push(`the result of ${id} still has ${deed.token}`);
    if (version !== undefined && !history.some((entry) => entry.version === strongOf(version)))
      broken.push(`the result of ${id} has version ${version}, which never was`);
    return broken;
  });
}
