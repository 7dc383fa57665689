import { countOf, logOf } from './document.js';
import type { Entry } from './flaky-server.js';
import type { Outcome } from './records.js';
import { gaveWay } from './records.js';
import type { Report } from './schedule.js';

/** Counters and lists of equal scalars: accepted ≤ times there ≤ accepted + in doubt. */
export function sumsBroken(
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
  const logged = ({ deed }: Outcome): number => (deed.kind === 'log' ? 1 : 0);
  const broken: string[] = [];
  const check = (what: string, there: number, sure: number, unsure: number): void => {
    if (there < sure || there > sure + unsure)
      broken.push(`${what}: ${there} is not within ${sure} and ${sure + unsure}`);
  };
  const count = countOf(final) - countOf(first) - others.reduce((total, { counted: by }) => total + by, 0);
  const log = logOf(final) - logOf(first);
  const unsure = ['in-doubt', 'aborted'] as const;
  check('the counter', count, sum(['accepted'], counted), sum(unsure, counted));
  // Which of equal items is which cannot be told where others were taken out: a resolver may have let it go.
  const given = sum(['accepted'], (outcome) => (gaveWay(outcome.result) ? logged(outcome) : 0));
  check('the log', log, sum(['accepted'], logged) - given, sum(unsure, logged) + given);
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
