import { count } from '../layout.mjs';
import { bothRead } from './both-read.mjs';

const ROUNDS = 5;

/** One number, written by both at once: somebody is late in every round. The rule for `/claps` is counter(): differences add up. */
export const applause = {
  title: `A counter: both clap at once, ${ROUNDS} times`,
  async play(stage) {
    const { printer, tally, ledger, ada, grace } = stage;
    await bothRead(stage);
    const before = { requests: tally.requests, conflicts: tally.conflicts };
    const clap = ({ article }) =>
      article.edit((draft) => {
        draft.claps += 1;
      });
    ledger.push({ who: 'Both', what: 'clap', times: ({ claps }) => claps, expected: 2 * ROUNDS });
    await printer.silently(async () => {
      for (let round = 0; round < ROUNDS; round += 1) await Promise.all([clap(ada), clap(grace)]);
    });
    const requests = count(tally.requests - before.requests, 'request');
    const conflicts = count(tally.conflicts - before.conflicts, 'conflict');
    const { value } = await printer.silently(() => ada.article.get());
    printer.step('Both', `clapped: ${requests}, ${conflicts}, and /claps is ${value.claps}`);
  },
};
