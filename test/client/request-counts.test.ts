import { expect, test } from 'vitest';
import { PATH, scene } from './support.js';

/** What a refusal costs, in requests: nothing is read that is known, and nothing is written in vain. */
type Counted = [what: string, conflicts: number, trusted: boolean, more: number];
const counted: Counted[] = [
  ['no conflict costs nothing but the write', 0, false, 0],
  ['one conflict costs exactly two more: a read and a write', 1, false, 2],
  ['three conflicts cost six', 3, false, 6],
  ['where the refusal is known to carry the latest state, a conflict costs exactly one more', 1, true, 1],
  ['and three cost three', 3, true, 3],
];
test.each(counted)('%s', async (_what, conflicts, trusted, more) => {
  const on = scene(trusted ? { conflictBody: 'current' } : {}, {
    defaults: trusted
      ? {
          conflictBody: ({ status, body, headers }) =>
            status === 412 ? { body, version: headers.get('etag') ?? '' } : undefined,
        }
      : {},
  });
  const article = on.client.resource<{ title: string; views?: number }>(PATH);
  await article.get();
  let others = 0;
  on.server.fault({
    kind: 'meanwhile',
    on: { method: 'PATCH' },
    times: conflicts,
    run: () => {
      others += 1;
      on.server.edit<{ views?: number }>(PATH, (draft) => {
        draft.views = others;
      });
    },
  });
  const before = on.server.requests.length;
  const { attempts } = await article.edit((draft) => {
    draft.title = 'Mine';
  });
  expect(on.server.requests.length - before).toBe(1 + more);
  expect(attempts).toBe(1 + conflicts);
  expect(on.now()).toMatchObject(conflicts === 0 ? { title: 'Mine' } : { title: 'Mine', views: conflicts });
});
