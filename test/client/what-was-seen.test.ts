import { expect, test } from 'vitest';
import { realScene } from './real-http.js';
import { type Article, outcomeOf, PATH, soon } from './support.js';

const retitle = (draft: Article): void => void Object.assign(draft, { title: 'Mine' });

test('who gives up because the next try would be too late does not say that no attempt is left', async () => {
  const on = await realScene({}, { defaults: { retry: { deadline: 1_500 } } });
  on.server.fault({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, times: 9, on: { method: 'PATCH' } });
  const error = await soon(outcomeOf(on.client.resource<Article>(PATH).edit(retitle)), 4_000);
  expect(error).toMatchObject({
    code: 'ERR_RETRY_LIMIT',
    message: expect.stringContaining('the next try would come after the deadline'),
  });
});

test('a page in the place of an answer is told as what came, and not as an answer that was lost', async () => {
  const on = await realScene();
  on.server.fault({ kind: 'html', status: 200, times: 9, on: { method: 'PATCH' } });
  const error = await soon(outcomeOf(on.client.resource<Article>(PATH).edit(retitle)), 8_000);
  expect(error).toMatchObject({ code: 'ERR_FAILED', message: expect.stringContaining('text/html') });
  expect(String(error)).not.toContain('was lost');
});
