import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from './event-queue.js';

test('things happen in the order of their times, and at one time in the order they were planned in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (delays) => {
      const queue = new EventQueue();
      const happened: { at: number; planned: number }[] = [];
      delays.forEach((ms, planned) => {
        queue.after(ms, () => {
          happened.push({ at: queue.now, planned });
          // What is planned meanwhile finds its place, too.
          if (ms % 3 === 0) queue.after(ms, () => happened.push({ at: queue.now, planned: delays.length }));
        });
      });
      queue.run();
      expect(happened).toHaveLength(delays.length + delays.filter((ms) => ms % 3 === 0).length);
      expect(happened).toEqual(happened.toSorted((a, b) => a.at - b.at || a.planned - b.planned));
    }),
  );
});
