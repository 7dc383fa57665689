import { conflictFetch } from 'unconflict';
import { expect, test } from 'vitest';
import { realScene } from '../real-http.js';
import { DRAFT, outcomeOf, PATH } from '../support.js';

const TYPE = { 'content-type': 'application/json' };

async function afterTwoSaves() {
  const on = await realScene({ patches: ['json', 'merge-patch'] });
  const send = conflictFetch({ defaults: { retry: { minDelay: 0, maxDelay: 2 } } });
  const patch = (part: object) => send(url, { method: 'PATCH', headers: TYPE, body: JSON.stringify(part) });
  const url = on.url + PATH;
  await (await send(url)).json();
  await Promise.all([patch({ title: 'Mine' }), patch({ body: 'Mine' })]);
  return { ...on, remove: () => send(url, { method: 'DELETE' }) };
}

test('what two saves at once have made of it is no news to who deletes it then', async () => {
  const on = await afterTwoSaves();
  expect((await on.remove()).status).toBeLessThan(300);
  expect(on.now()).toBeUndefined();
});

test('what others have made of it after that is', async () => {
  const on = await afterTwoSaves();
  on.server.edit<typeof DRAFT>(PATH, (draft) => void draft.tags.push('theirs'));
  expect(await outcomeOf(on.remove())).toMatchObject({ code: 'ERR_CONFLICT' });
  expect(on.now()).toMatchObject({ title: 'Mine', body: 'Mine', tags: [...DRAFT.tags, 'theirs'] });
});
