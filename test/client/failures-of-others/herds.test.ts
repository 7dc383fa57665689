import { describe, expect, test } from 'vitest';
import { realScene } from '../real-http.js';
import { type Article, outcomeOf, PATH, soon } from '../support.js';

describe('a herd', () => {
  test('iceberg#8001: one process with 64 edits at once does not fight itself', async () => {
    const on = await realScene();
    const edits = Array.from({ length: 64 }, (_, index) =>
      on.client.resource<Article>(PATH).edit((draft) => void draft.tags.push(`tag ${index}`)),
    );
    const results = await soon(Promise.all(edits), 5_000);
    expect(results.every(({ rebased }) => !rebased)).toBe(true);
    expect(on.server.requests.length).toBeLessThanOrEqual(4);
    expect(on.server.get<Article>(PATH)?.value.tags).toEqual(['a', 'b', ...edits.map((_, index) => `tag ${index}`)]);
  });

  test('duckdb-iceberg#1122: losers wait between attempts, each for a time of its own', async () => {
    const waits: number[] = [];
    const on = await realScene({ latency: 2 });
    const clients = Array.from({ length: 12 }, () =>
      on.another({ defaults: { retry: { minDelay: 5, maxDelay: 200 } } }),
    );
    for (const client of clients) client.on('wait', ({ ms }) => waits.push(ms));
    await Promise.all(clients.map((client) => client.resource(PATH).get()));
    const edits = clients.map((client, index) =>
      client.resource<Article>(PATH).edit((draft) => void draft.tags.push(`by ${index}`)),
    );
    await soon(Promise.all(edits), 10_000);
    const stale = on.writes().filter(({ outcome }) => outcome === 'stale');
    expect(stale.length).toBeGreaterThan(0);
    // Not one resend without a wait before it, and not in lockstep.
    expect(waits).toHaveLength(stale.length);
    expect(waits.every((ms) => ms >= 5 && ms <= 200)).toBe(true);
    expect(new Set(waits).size).toBeGreaterThan(waits.length / 2);
    expect(on.landed()).toBe(clients.length);
  });

  test('icechunk#1012: a commit that must rebase time and again waits longer each time, and is not given up after five tries', async () => {
    const waits: number[] = [];
    const on = await realScene({}, { defaults: { retry: { minDelay: 1, maxDelay: 64 } } });
    on.client.on('wait', ({ ms }) => waits.push(ms));
    let others = 0;
    on.server.fault({
      kind: 'meanwhile',
      on: { method: 'PATCH' },
      times: 12,
      run: () => {
        others += 1;
        on.server.edit<Article>(PATH, (draft) => void draft.tags.unshift(`theirs ${others}`));
      },
    });
    const result = await soon(
      on.client.resource<Article>(PATH).edit((draft) => void draft.tags.push('mine')),
      5_000,
    );
    expect(result).toMatchObject({ attempts: 13, rebased: true });
    expect(result.value.tags.filter((tag) => tag === 'mine')).toEqual(['mine']);
    expect(waits).toHaveLength(12);
    // Full jitter: each wait is uniform up to a bound that doubles, from 8 ms to 64 ms.
    waits.forEach((ms, index) => {
      expect(ms).toBeGreaterThanOrEqual(1);
      expect(ms).toBeLessThanOrEqual(Math.min(64, 4 * 2 ** (index + 1)));
    });
    // Nine waits of up to 64 ms: that all of them stay below 5 happens once in ten thousand million runs.
    expect(Math.max(...waits)).toBeGreaterThan(4);
    expect(on.server.requests).toHaveLength(1 + 2 * 12 + 1);
  });

  test('icechunk#1012: a rebase that meets a real conflict stops at once instead of trying its luck again', async () => {
    const on = await realScene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    on.server.edit<Article>(PATH, (draft) => {
      draft.title = 'Theirs';
    });
    const error = await soon(
      outcomeOf(
        handle.edit((draft) => {
          draft.title = 'Mine';
        }),
      ),
    );
    expect(error).toMatchObject({ code: 'ERR_CONFLICT', conflicts: [{ path: '/title' }] });
    expect(on.writes()).toHaveLength(1);
  });
});
