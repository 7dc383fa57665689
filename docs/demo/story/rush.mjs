import { count } from '../layout.mjs';
import { bothRead } from './both-read.mjs';

const ROUNDS = 5;

/** One number, written by both at once, as fast as they can. The rule for `/claps` is counter(): differences add up. */
export const rush = {
  title: `A rush: both clap ${ROUNDS} times, at the same time`,
  async play(stage) {
    const { printer, tally, ledger, ada, grace } = stage;
    await bothRead(stage);
    const before = { requests: tally.requests, conflicts: tally.conflicts };
    const clap = async ({ article }) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await article.edit((draft) => {
          draft.claps += 1;
        });
      }
    };
    ledger.push({ who: 'Both', what: 'clap', times: ({ claps }) => claps, expected: 2 * ROUNDS });
    await printer.silently(() => Promise.all([clap(ada), clap(grace)]));
    const { value } = await printer.silently(() => ada.article.get());
    const requests = count(tally.requests - before.requests - 1, 'request');
    const conflicts = count(tally.conflicts - before.conflicts, 'conflict');
    printer.step('Both', `clapped: ${requests}, ${conflicts}, /claps is ${value.claps}`);
  },
};
