import type { Outcome } from './actor.js';
import { countOf, logOf, titleOf, tokensOf } from './document.js';
import type { Entry } from './flaky-server.js';
import type { Report } from './schedule.js';

/** Requests that one edit may cost at most, whatever happens. */
const REQUESTS_PER_DEED = 60;

/** What a schedule broke of what is promised; empty if nothing. */
export function violations(report: Report): string[] {
  const broken = [...report.oddities];
  report.histories.forEach((history, resource) => {
    const outcomes = report.outcomes.filter((outcome) => outcome.resource === resource);
    broken.push(...tokensBroken(history, outcomes, report));
    broken.push(...titlesBroken(history, outcomes), ...deletesBroken(history, outcomes));
    if (!report.world.deleting) broken.push(...sumsBroken(history, outcomes, resource, report));
  });
  const { outcomes, deeds, requests, timersLeft } = report;
  if (outcomes.length !== deeds) broken.push(`${deeds - outcomes.length} edits never ended`);
  if (timersLeft > 0) broken.push(`${timersLeft} timers are left`);
  if (requests > (deeds + 1) * REQUESTS_PER_DEED) broken.push(`${requests} requests for ${deeds} edits`);
  return broken;
}

/** Tokens: never twice, never taken away, there if accepted, nowhere if failed. */
function tokensBroken(history: readonly Entry[], outcomes: readonly Outcome[], { foreign }: Report): string[] {
  const broken = new Set<string>();
  const ever = new Set<string>();
  let before = new Map<string, number>();
  for (const { value } of history) {
    const now = tokensOf(value);
    for (const [token, times] of now) {
      ever.add(token);
      if (times > 1) broken.add(`${token} is there ${times} times`);
    }
    if (value !== undefined) for (const token of before.keys()) if (!now.has(token)) broken.add(`${token} was lost`);
    before = now;
  }
  for (const { token, resource } of foreign) {
    if (token !== undefined && resource === outcomes[0]?.resource && !ever.has(token))
      broken.add(`${token} was never there`);
  }
  for (const { deed, kind, error } of outcomes) {
    if (deed.kind !== 'token' && deed.kind !== 'forbidden') continue;
    if (kind === 'accepted' && !ever.has(deed.token)) broken.add(`accepted edit ${deed.token} is nowhere`);
    if (kind === 'failed' && ever.has(deed.token)) broken.add(`failed edit ${deed.token} is there (${String(error)})`);
  }
  return [...broken];
}

/** Titles are written over by the next one; what was accepted stood there once, unless it was settled or written over on the way. */
function titlesBroken(history: readonly Entry[], outcomes: readonly Outcome[]): string[] {
  const ever = new Set(history.map(({ value }) => titleOf(value)));
  const titles = outcomes.filter(({ deed }) => deed.kind === 'title');
  return titles.flatMap(({ id, actor, kind, resolved, error }) => {
    const writtenOver = titles.some((other) => other.actor === actor && other.id > id);
    if (kind === 'failed' && ever.has(id)) return [`failed title ${id} was there (${String(error)})`];
    return kind === 'accepted' && !resolved && !writtenOver && !ever.has(id) ? [`accepted title ${id} never was`] : [];
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
    if (deed.version !== undefined && mine.some((version) => version !== deed.version))
      broken.push(`delete ${id} of ${deed.version} deleted ${mine.join()}`);
    if (kind === 'accepted' && history.every(({ value }) => value !== undefined))
      broken.push(`accepted delete ${id}, and it was never gone`);
    return broken;
  });
}

/** Counters and lists of equal scalars: accepted ≤ times there ≤ accepted + in doubt. */
function sumsBroken(
  history: readonly Entry[],
  outcomes: readonly Outcome[],
  resource: number,
  { foreign, world }: Report,
): string[] {
  const final = history.at(-1)?.value;
  const first = history[0]?.value;
  const others = foreign.filter((one) => one.resource === resource);
  const sum = (kinds: readonly Outcome['kind'][], of: (outcome: Outcome) => number): number =>
    outcomes.filter(({ kind }) => kinds.includes(kind)).reduce((total, outcome) => total + of(outcome), 0);
  const counted = ({ deed }: Outcome): number => (deed.kind === 'count' ? deed.by : 0);
  const logged = ({ deed, met }: Outcome): number => (deed.kind === 'log' && !met ? 1 : 0);
  // Where somebody else has made the very same document, two equal appends are one: rule 11 of the rebase.
  const shared = ({ deed, met }: Outcome): number => (deed.kind === 'log' && met ? 1 : 0);
  const broken: string[] = [];
  const check = (what: string, there: number, sure: number, unsure: number): void => {
    if (there < sure || there > sure + unsure)
      broken.push(`${what}: ${there} is not within ${sure} and ${sure + unsure}`);
  };
  const count = countOf(final) - countOf(first) - others.reduce((total, { counted: by }) => total + by, 0);
  const log = logOf(final) - logOf(first) - others.reduce((total, { logged: times }) => total + times, 0);
  const unsure = ['in-doubt', 'aborted'] as const;
  check('the counter', count, sum(['accepted'], counted), sum(unsure, counted));
  check('the log', log, sum(['accepted'], logged), sum(unsure, logged) + sum(['accepted'], shared));
  if (world.distinct) {
    for (const { deed, kind, id } of outcomes) {
      if (deed.kind !== 'count') continue;
      const times = Math.floor(count / deed.by) % 4;
      const right = kind === 'accepted' ? times === 1 : kind === 'failed' ? times === 0 : times <= 1;
      if (!right) broken.push(`${kind} addition ${id} was made ${times} times`);
    }
  }
  return broken;
}
