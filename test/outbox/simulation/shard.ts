import { playSchedule } from './schedule.js';

/** One process of a soak: plays every so-manieth schedule, and tells its parent how far it is. */
const [first = 1, last = 1, step = 1] = process.argv.slice(2).map(Number);
const EVERY = 100;
Error.stackTraceLimit = 0;
process.on('disconnect', () => process.exit());
const empty = () => ({
  schedules: 0,
  requests: 0,
  outcomes: { edits: 0, saved: 0, crashes: 0 },
  broken: [] as string[],
});
let tally = empty();
for (let seed = first; seed <= last; seed += step) {
  const { wrong, edits, saved, crashes, requests } = await playSchedule(seed);
  tally.schedules += 1;
  tally.requests += requests;
  tally.outcomes.edits += edits;
  tally.outcomes.saved += saved;
  tally.outcomes.crashes += crashes;
  if (wrong.length > 0)
    tally.broken.push(
      `OUTBOX_SEED=${seed} npx vitest run --config test/vitest.config.ts test/outbox/simulation # ${wrong.join('; ')}`,
    );
  if (tally.schedules < EVERY && tally.broken.length === 0) continue;
  process.send?.(tally);
  tally = empty();
}
process.send?.(tally, () => process.disconnect());
