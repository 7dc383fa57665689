import type { LockContext, ResourceOptions } from 'unconflict';
import type { LockOptions } from 'unconflict/testing';
import { lockedBy } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { type Article, outcomeOf, PATH, scene, soon } from './support.js';

async function locked(lock: LockOptions, options: ResourceOptions<Article> = {}) {
  const on = scene();
  const handle = on.client.resource<Article>(PATH, options);
  await handle.get();
  lockedBy(on.server, PATH, 'Ada', lock);
  return { on, handle, edit: () => handle.edit(retitle) };
}

const retitle = (draft: Article): void => {
  draft.title = 'Mine';
};

/** The lock is given up as soon as so many writes have met it. */
function unlockAfter(on: ReturnType<typeof scene>, refusals: number): void {
  on.client.on('locked', () => {
    if (on.events.filter(({ type }) => type === 'locked').length >= refusals) on.server.unlock(PATH);
  });
}

test.each([423, 409, 412] as const)(
  'a lock told with %i is waited out: same bytes, no refetch, no attempt used up',
  async (status) => {
    const { on, edit } = await locked(
      { retryAfter: false, status },
      { retry: { attempts: 1, minDelay: 1, maxDelay: 5 }, idempotencyKey: true },
    );
    unlockAfter(on, 3);
    const result = await soon(edit());
    expect(result).toMatchObject({ rebased: false, version: '"2"' });
    expect(on.reads()).toHaveLength(1);
    const writes = on.writes();
    expect(writes).toHaveLength(4);
    expect(new Set(writes.map(({ body }) => body)).size).toBe(1);
    expect(new Set(writes.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(on.told()).not.toContain('stale');
  },
);

describe('it gives up', () => {
  test("at once under locked: 'error', naming the holder", async () => {
    const { on, edit } = await locked({ retryAfter: 5 }, { locked: 'error' });
    await expect(soon(edit())).rejects.toMatchObject({
      code: 'ERR_LOCKED',
      holder: 'Ada',
      retryAfter: 5_000,
      message: expect.stringContaining('Ada'),
      problem: { code: 'resourceLocked' },
      edit: { local: { title: 'Mine' } },
    });
    expect(on.writes()).toHaveLength(1);
  });

  test('after maxWait', async () => {
    const { edit } = await locked(
      { retryAfter: false },
      { locked: { maxWait: 10 }, retry: { minDelay: 2, maxDelay: 4 } },
    );
    await expect(soon(edit())).rejects.toMatchObject({ code: 'ERR_LOCKED' });
  });

  test('at the deadline', async () => {
    const { edit } = await locked({ retryAfter: false }, { retry: { deadline: 20, minDelay: 2, maxDelay: 4 } });
    await expect(soon(edit())).rejects.toMatchObject({ code: 'ERR_LOCKED' });
  });

  test('at once where Retry-After in seconds is longer than allowed', async () => {
    const { on, edit } = await locked({ retryAfter: 315_360_000 });
    await expect(soon(edit())).rejects.toMatchObject({ code: 'ERR_LOCKED', retryAfter: 315_360_000_000 });
    expect(on.writes()).toHaveLength(1);
  });

  test('at once where Retry-After as a date is', async () => {
    const { edit } = await locked({ retryAfter: new Date(Date.now() + 3_600_000) });
    const error = await soon(outcomeOf(edit()));
    expect(error).toMatchObject({ code: 'ERR_LOCKED', retryAfter: expect.any(Number) });
  });

  test('at once where Retry-After outlasts the deadline', async () => {
    const { edit } = await locked({ retryAfter: 10 }, { retry: { deadline: 1_000 } });
    await expect(soon(edit(), 900)).rejects.toMatchObject({ code: 'ERR_LOCKED' });
  });
});

test('Retry-After is obeyed', async () => {
  const { on, edit } = await locked({ retryAfter: 1 });
  unlockAfter(on, 1);
  const editing = edit();
  await soon(editing, 3_000);
  expect(on.writes()).toHaveLength(2);
  expect(on.events.find(({ type }) => type === 'wait')).toMatchObject({ ms: 1_000, reason: 'lock' });
});

test('a date that has passed is no wait at all', async () => {
  const { on, edit } = await locked(
    { retryAfter: new Date(Date.now() - 60_000) },
    { retry: { minDelay: 1, maxDelay: 5 } },
  );
  unlockAfter(on, 1);
  await soon(edit());
});

test('the release hook is told, and may clear the way', async () => {
  const contexts: LockContext[] = [];
  const { on, edit } = await locked(
    { retryAfter: 60 },
    {
      locked: {
        release: (context) => {
          contexts.push(context);
          on.server.unlock(PATH);
        },
      },
    },
  );
  await soon(edit());
  expect(contexts).toMatchObject([{ retryAfter: 60_000, answer: { status: 423 }, url: expect.stringContaining(PATH) }]);
});

test('the status says waiting, then saving, then idle', async () => {
  const { on, handle, edit } = await locked({ retryAfter: false }, { retry: { minDelay: 2, maxDelay: 4 } });
  unlockAfter(on, 2);
  const seen: string[] = [];
  handle.subscribe(() => {
    if (seen.at(-1) !== handle.status) seen.push(handle.status);
  });
  await soon(edit());
  expect(seen.join(' ')).toMatch(/^(idle )?saving waiting saving waiting saving idle$/);
  expect(handle.status).toBe('idle');
});

test('a delete waits too', async () => {
  const { on, handle } = await locked({ retryAfter: false }, { retry: { minDelay: 1, maxDelay: 4 } });
  unlockAfter(on, 2);
  await soon(handle.delete());
  expect(on.now()).toBeUndefined();
});

test('another resource does not wait', async () => {
  const { on, edit } = await locked({ retryAfter: false });
  on.server.seed('/articles/2', { title: 'Other' });
  const blocked = outcomeOf(edit());
  const other = await soon(
    on.client.resource<{ title: string }>('/articles/2').edit((draft) => {
      draft.title = 'Free';
    }),
    300,
  );
  expect(other.version).toBe('"2"');
  on.server.unlock(PATH);
  await soon(blocked);
});
