import { newTally, playInto } from './tally.js';

/** One process of a soak: plays every so-manieth schedule, and tells its parent how far it is. */
const [first = 1, last = 1, step = 1] = process.argv.slice(2).map(Number);
const EVERY = 500;

// Without a parent there is nobody to tell.
process.on('disconnect', () => process.exit());
Error.stackTraceLimit = 0;
let tally = newTally();
for (let seed = first; seed <= last; seed += step) {
  await playInto(tally, seed);
  if (tally.schedules < EVERY && tally.broken.length === 0) continue;
  process.send?.(tally);
  tally = newTally();
}
process.send?.(tally, () => process.disconnect());
