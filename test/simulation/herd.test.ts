import { describe, expect, test } from 'vitest';
import type { Herd } from './herd.js';
import { bestHerd, runHerd } from './herd.js';
import { AT_ONCE, CLIENT_GO, OURS, WAITS_LATE } from './herd-strategies.js';

function herd(clients: number, edits: number, more: Partial<Herd> = {}): Herd {
  return { seed: 1, clients, edits, latency: 5, service: 0.05, ...more };
}

test('a herd is the same for the same seed, and another for another', () => {
  expect(runHerd(herd(64, 5), OURS)).toEqual(runHerd(herd(64, 5), OURS));
  expect(runHerd(herd(64, 5), OURS)).not.toEqual(runHerd(herd(64, 5, { seed: 2 }), OURS));
});

test('one client alone needs one read, and one write for each edit', () => {
  expect(runHerd(herd(1, 5), OURS)).toMatchObject({ committed: 5, givenUp: 0, requestsPerCommit: 6 / 5 });
});

const sizes: [clients: number, edits: number, mostRequestsPerCommit: number][] = [
  [8, 5, 2],
  [32, 5, 2.6],
  [64, 5, 3],
  [200, 5, 4],
  [1_000, 1, 15],
];
describe.each(sizes)('%i clients with %i edits each', (clients, edits, most) => {
  const seeds = clients < 1_000 ? 20 : 2;
  const reports = Array.from({ length: seeds }, (_, seed) => runHerd(herd(clients, edits, { seed }), OURS));

  test('all commit with default options', () => {
    expect(reports.map(({ committed }) => committed)).toEqual(reports.map(() => clients * edits));
    expect(reports.every(({ givenUp }) => givenUp === 0)).toBe(true);
  });

  test(`cost at most ${most} requests for each commit, and not less than the best possible`, () => {
    const mean = reports.reduce((sum, { requestsPerCommit }) => sum + requestsPerCommit, 0) / seeds;
    expect(mean).toBeLessThanOrEqual(most);
    expect(mean).toBeGreaterThan(bestHerd(herd(clients, edits)).requestsPerCommit);
  });

  test('are slower with any other strategy, or cost more, or give up', () => {
    const [ours] = reports;
    const late = runHerd(herd(clients, edits), WAITS_LATE);
    expect(late.requestsPerCommit).toBeGreaterThan(1.2 * (ours?.requestsPerCommit ?? 0));
    expect(late.time).toBeGreaterThan(2 * (ours?.time ?? 0));
    expect(runHerd(herd(clients, edits), CLIENT_GO).givenUp).toBeGreaterThan(0);
    const atOnce = runHerd(herd(clients, edits), AT_ONCE);
    expect(atOnce.requestsPerCommit).toBeGreaterThan(2 * (ours?.requestsPerCommit ?? 0));
  });

  test('are through no sooner than messages can travel', () => {
    const best = bestHerd(herd(clients, edits));
    for (const strategy of [OURS, AT_ONCE]) {
      expect(runHerd(herd(clients, edits), strategy).time).toBeGreaterThan(best.time);
    }
  });
});

test('5,000 clients are through within the default deadline, but for the last few percent', () => {
  const { committed, givenUp } = runHerd(herd(5_000, 1), OURS);
  expect(committed + givenUp).toBe(5_000);
  expect(givenUp).toBeLessThan(150);
});

test('5,000 clients are all through where the deadline is longer', () => {
  expect(runHerd(herd(5_000, 1), { ...OURS, deadline: 60_000 })).toMatchObject({ committed: 5_000, givenUp: 0 });
});
