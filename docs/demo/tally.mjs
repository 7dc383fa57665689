import { RefusedError } from 'unconflict';
import { count } from './layout.mjs';

/** Counts what all writers go through. */
export function createTally() {
  const tally = { requests: 0, locks: 0, refused: 0, lost: 0, settled: 0 };
  // One refusal may be rebased twice, before and after the resolver: it is one conflict.
  const conflicts = new Set();
  return {
    get conflicts() {
      return conflicts.size;
    },
    get requests() {
      return tally.requests;
    },
    request(status) {
      tally.requests += 1;
      if (status === undefined) tally.lost += 1;
      if (status === 423) tally.locks += 1;
    },
    event(event) {
      if (event.type === 'rebase') conflicts.add(`${event.editId} ${event.attempt}`);
      if (event.type === 'resolve') tally.settled += 1;
      if (event.type === 'rejected' && event.error instanceof RefusedError) tally.refused += 1;
    },
    /** In words; what did not happen is left out. */
    words() {
      const counted = [
        [tally.requests, 'request'],
        [conflicts.size, 'conflict', 'conflicts'],
        [tally.settled, 'overlap settled by the resolver', 'overlaps settled by the resolver'],
        [tally.locks, 'lock waited out', 'locks waited out'],
        [tally.refused, 'write refused by a rule', 'writes refused by a rule'],
        [tally.lost, 'answer lost', 'answers lost'],
      ];
      return counted.flatMap(([number, one, many]) => (number === 0 ? [] : [count(number, one, many)])).join(', ');
    },
  };
}
