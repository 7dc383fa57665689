import { describe, expect, test } from 'vitest';
import {
  conflictOnce,
  deletedUnderneath,
  hiddenTag,
  lockedBy,
  lostAnswer,
  weakTag,
} from '../../../src/testing/index.js';
import { ARTICLE, FORMS, manualClock, PATH, seeded, sender } from './support.js';

const MINE = { 'If-Match': '"1"' };

describe.each(FORMS)('scenarios, over %s', (form) => {
  test('conflictOnce: the next write meets an edit, the one after does not', async () => {
    const server = seeded();
    const send = await sender(server, form);
    const conflict = conflictOnce<typeof ARTICLE>(server, PATH, (article) => {
      article.tags.push('theirs');
    });
    expect((await send('GET')).headers.get('etag')).toBe('"1"');
    expect((await send('PUT', MINE, {})).status).toBe(412);
    expect([server.get<typeof ARTICLE>(PATH)?.value.tags, conflict.hits]).toEqual([['a', 'theirs'], 1]);
    expect((await send('PUT', { 'If-Match': '"2"' }, {})).status).toBe(200);
  });

  test('lostAnswer: the write is done and nobody hears of it', async () => {
    const server = seeded();
    const send = await sender(server, form);
    lostAnswer(server, PATH);
    await expect(send('PUT', MINE, {})).rejects.toThrow(TypeError);
    expect(server.get(PATH)?.value).toEqual({});
  });

  test('lockedBy: refused until its time is over', async () => {
    const clock = manualClock();
    const server = seeded({ clock });
    const send = await sender(server, form);
    lockedBy(server, PATH, 'Ada');
    const answer = await send('PUT', MINE, {});
    expect([answer.status, answer.headers.get('retry-after'), (await answer.json()).holder]).toEqual([
      423,
      null,
      'Ada',
    ]);
    await clock.advance(200);
    expect((await send('PUT', MINE, {})).status).toBe(200);
  });

  test('lockedBy: or until it is released', async () => {
    const server = seeded();
    const send = await sender(server, form);
    const release = lockedBy(server, PATH, 'Ada', { for: 60_000, status: 409 });
    const answer = await send('PUT', MINE, {});
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([409, '60']);
    release();
    expect((await send('PUT', MINE, {})).status).toBe(200);
  });

  test('weakTag: no tag works for a while, though nothing changed', async () => {
    const clock = manualClock();
    const server = seeded({ clock });
    const send = await sender(server, form);
    weakTag(server, PATH);
    expect((await send('GET')).headers.get('etag')).toBe('W/"1"');
    expect((await send('PUT', MINE, {})).status).toBe(412);
    await clock.advance(1_100);
    expect((await send('GET')).headers.get('etag')).toBe('"1"');
    expect((await send('PUT', MINE, {})).status).toBe(200);
  });

  test('hiddenTag: no answer names a version until it is cancelled', async () => {
    const server = seeded();
    const send = await sender(server, form);
    const hidden = hiddenTag(server, PATH);
    const tags = [(await send('GET')).headers.get('etag'), (await send('PUT', MINE, {})).headers.get('etag')];
    hidden.cancel();
    expect([...tags, (await send('GET')).headers.get('etag')]).toEqual([null, null, '"2"']);
  });

  test('deletedUnderneath: the next write finds nothing', async () => {
    const server = seeded();
    const send = await sender(server, form);
    deletedUnderneath(server, PATH);
    expect((await send('PATCH', MINE, {})).status).toBe(404);
    expect(server.history(PATH).map(({ value, by }) => [value, by])).toEqual([
      [ARTICLE, undefined],
      [undefined, undefined],
    ]);
  });
});
