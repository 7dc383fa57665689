import { violations } from './invariants.js';
import type { Outcome } from './records.js';
import { runSchedule } from './schedule.js';

/** What many schedules have come to. */
export interface Tally {
  schedules: number;
  requests: number;
  readonly outcomes: Record<Outcome['kind'], number>;
  /** One line for each schedule that broke a promise: how to play it again, and what it broke. */
  readonly broken: string[];
}

export function newTally(): Tally {
  return {
    schedules: 0,
    requests: 0,
    outcomes: { accepted: 0, 'let-go': 0, failed: 0, 'in-doubt': 0, aborted: 0 },
    broken: [],
  };
}

/** Plays one schedule and adds it up. */
export async function playInto(tally: Tally, seed: number): Promise<void> {
  const report = await runSchedule(seed);
  tally.schedules += 1;
  tally.requests += report.requests;
  for (const { kind } of report.outcomes) tally.outcomes[kind] += 1;
  const found = violations(report);
  if (found.length > 0) tally.broken.push(`${replayOf(seed)} # ${found.join('; ')}`);
}

/** The command that plays a schedule again and tells its story. */
function replayOf(seed: number): string {
  return `SIMULATION_SEED=${seed} npx vitest run --config test/vitest.config.ts test/simulation/schedules.test.ts`;
}
