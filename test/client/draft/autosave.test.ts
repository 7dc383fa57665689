import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { stubPage } from '../stub-page.js';
import { outcomeOf } from '../support.js';
import type { Article } from './support.js';
import { ARTICLE, writing } from './support.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const WRITES = { method: ['PATCH', 'PUT'] };

describe('autosave', () => {
  test('saves `atMost` ms after the first change, though the clock of the machine is put back an hour', async () => {
    const { type, writes } = await writing({ autosave: { after: 100, atMost: 250 } });
    for (let at = 0; at < 5; at++) {
      type('title', 'x');
      if (at === 0) vi.setSystemTime(Date.now() - 3_600_000);
      await pass(60);
    }
    expect(writes()).toHaveLength(1);
  });

  test('saves `after` ms without a change, and `atMost` ms after the first one', async () => {
    const { draft, type, writes, now } = await writing({ autosave: { after: 100, atMost: 250 } });
    type('title', '1');
    await pass(99);
    expect(writes()).toHaveLength(0);
    await pass(1);
    expect([writes().length, now().title, draft.status]).toEqual([1, 'Draft1', 'clean']);
    for (let at = 0; at < 5; at++) {
      type('title', 'x');
      await pass(60);
    }
    expect([writes().length, now().title]).toEqual([2, 'Draft1xxxxx']);
    await pass(10_000);
    expect([writes().length, vi.getTimerCount()]).toEqual([2, 0]);
  });

  test.each(['typing on', 'a pause'] as const)(
    'what others make of text that was saved in the middle of a sentence does not come under the caret; then %s',
    async (then) => {
      const { draft, resource, other, type, asked, now } = await writing({
        autosave: { after: 1_000, atMost: 100 },
        answer: () => 'local',
      });
      type('title', ' one');
      await pass(100);
      expect([draft.status, now().title]).toEqual(['clean', 'Draft one']);
      other((article) => {
        article.title = 'Theirs';
        article.body = 'Theirs, too';
      });
      await resource.get();
      expect([draft.value?.title, draft.status, draft.patch]).toEqual(['Draft one', 'clean', []]);
      if (then === 'typing on') type('title', ', two');
      else await pass(899);
      expect([draft.value?.title, draft.conflicts.length]).toEqual(
        then === 'typing on' ? ['Draft one, two', 1] : ['Draft one', 0],
      );
      const told = vi.fn();
      draft.subscribe(told);
      await pass(1_000);
      const title = then === 'typing on' ? 'Draft one, two' : 'Theirs';
      expect([draft.value?.title, draft.value?.body, draft.status]).toEqual([title, 'Theirs, too', 'clean']);
      expect(now()).toEqual(draft.value);
      expect([asked.length, told.mock.calls.length > 0]).toEqual([then === 'typing on' ? 1 : 0, true]);
      await draft.close();
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  test('off, nothing is sent unasked', async () => {
    const { draft, writes, type } = await writing();
    const { hide, leave } = stubPage();
    type('title', '!');
    hide();
    leave();
    await pass(60_000);
    await draft.close();
    expect([writes().length, draft.status]).toEqual([0, 'dirty']);
  });

  test('a failure is tried again by the next change, and when the network is back, never in a loop', async () => {
    const { online } = stubPage();
    const { draft, server, writes, type, now } = await writing({ autosave: { after: 100 } });
    const fault = server.fault({ kind: 'status', status: 403, on: WRITES, times: Number.POSITIVE_INFINITY });
    type('title', '1');
    await pass(60_000);
    const tried = writes().length;
    expect([draft.status, tried > 0]).toEqual(['failed', true]);
    type('title', '2');
    await pass(60_000);
    expect(writes()).toHaveLength(2 * tried);
    fault.cancel();
    online();
    await pass(100);
    expect([draft.status, now().title]).toEqual(['clean', 'Draft12']);
  });

  test('while a question is open nothing is sent, however much is typed', async () => {
    let answer: (given: 'local') => void = () => {};
    const { draft, asked, other, writes, type, now } = await writing({
      autosave: { after: 100, atMost: 300 },
      answer: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    other((doc) => void Object.assign(doc, { title: 'Theirs' }));
    type('title', '!');
    await pass(200);
    const before = writes().length;
    for (let at = 0; at < 20; at++) {
      type('title', '?');
      await pass(100);
    }
    expect([asked.length, writes().length, draft.status]).toEqual([1, before, 'conflicted']);
    answer('local');
    await pass(500);
    expect([now().title, draft.status]).toEqual([`Draft!${'?'.repeat(20)}`, 'clean']);
  });

  test('what is owed goes out when the page is hidden', async () => {
    const { hide } = stubPage();
    const { type, now, writes } = await writing({ autosave: true });
    type('title', '!');
    hide();
    await pass(1);
    expect([now().title, writes().length]).toEqual(['Draft!', 1]);
  });

  test('and when it is left, once, conditional, and outliving the page', async () => {
    const { leave } = stubPage();
    const sent: Request[] = [];
    const { type, now, writes, server } = await writing({
      autosave: true,
      client: { hooks: { beforeRequest: [({ request }) => void sent.push(request)] } },
    });
    type('title', '!');
    leave();
    await pass(0);
    expect([now().title, writes().length]).toEqual(['Draft!', 1]);
    const last = sent.find(({ method }) => method !== 'GET');
    expect([last?.keepalive, last?.headers.get('if-match')]).toEqual([true, '"1"']);
    await pass(60_000);
    expect([writes().length, server.get('/articles/1')?.value]).toEqual([1, { ...ARTICLE, title: 'Draft!' }]);
  });

  test('a page that is shown again takes what it had sent for its own, also in the form of the server', async () => {
    const { leave } = stubPage();
    const { draft, type, now, asked } = await writing({
      server: { normalise: 'trim' },
      autosave: { after: 100 },
      answer: () => undefined,
    });
    type('title', ' on ');
    leave();
    await pass(1);
    expect([now().title, draft.value?.title, draft.status]).toEqual(['Draft on', 'Draft on ', 'clean']);
    type('title', 'and on');
    await pass(200);
    expect([now().title, draft.status, asked]).toEqual(['Draft on and on', 'clean', []]);
  });

  test('nothing goes to a place in a list whose order the last answer did not tell', async () => {
    const { leave } = stubPage();
    const { draft, now, type } = await writing({
      autosave: { after: 100 },
      server: {
        answer: 'minimal',
        normalise: (doc) => {
          const { items, ...rest }: Article = JSON.parse(JSON.stringify(doc));
          return { ...rest, items: items.toSorted((one, other) => one.text.localeCompare(other.text)) };
        },
      },
    });
    draft.change((doc) => void doc.items.push({ id: 2, text: 'a' }));
    await pass(100);
    expect([now().items.map(({ id }) => id), draft.value?.items.map(({ id }) => id)]).toEqual([
      [2, 1],
      [1, 2],
    ]);
    draft.change((doc) => void Object.assign(doc.items[1] ?? {}, { text: 'a, typed on' }));
    leave();
    await pass(0);
    expect(now().items).toEqual([
      { id: 2, text: 'a' },
      { id: 1, text: 'one' },
    ]);
    // It is not given up: a page that is shown again saves it in its place.
    await draft.save();
    expect(now().items[0]).toEqual({ id: 2, text: 'a, typed on' });
    type('title', ', and on');
    leave();
    await pass(0);
    expect(now().title).toBe('Draft, and on');
  });

  test('one that met something newer is no overwrite', async () => {
    const { leave } = stubPage();
    const { draft, type, now, other } = await writing({ autosave: true });
    type('title', '!');
    other((doc) => void Object.assign(doc, { title: 'Theirs' }));
    leave();
    await pass(0);
    expect([now().title, draft.value?.title]).toEqual(['Theirs', 'Draft!']);
  });
});

describe('close()', () => {
  test('saves what autosave owes; what is typed during a save as well; then nothing can be changed', async () => {
    vi.useRealTimers();
    const { draft, type, now } = await writing({ autosave: true, server: { latency: 5 } });
    type('title', '1');
    const saving = draft.save();
    type('title', '2');
    await Promise.all([saving, draft.close()]);
    expect(now().title).toBe('Draft12');
    expect(() => draft.set('/title', 'x')).toThrow(expect.objectContaining({ code: 'ERR_CLOSED' }));
  });

  test('rejects with what could not be saved', async () => {
    const { draft, server, type } = await writing({ autosave: true });
    server.fault({ kind: 'status', status: 403, on: WRITES, times: Number.POSITIVE_INFINITY });
    type('title', '1');
    const closing = outcomeOf(draft.close());
    await pass(60_000);
    expect(await closing).toMatchObject({ message: expect.stringContaining('403') });
    expect(draft.value?.title).toBe('Draft1');
  });

  test('of the client closes its drafts first', async () => {
    vi.useRealTimers();
    const { client, draft, type, now } = await writing({ autosave: true, server: { latency: 5 } });
    type('title', '1');
    const saving = draft.save();
    type('title', '2');
    await Promise.all([saving, client.close()]);
    expect(now().title).toBe('Draft12');
    expect(() => draft.set('/title', 'x')).toThrow(expect.objectContaining({ code: 'ERR_CLOSED' }));
  });

  test('of the client with a question open ends, and asks nobody again', async () => {
    const { client, draft, type, asked, other } = await writing({
      autosave: true,
      answer: () => new Promise(() => {}),
    });
    type('title', '1');
    other((doc) => void Object.assign(doc, { title: 'Theirs' }));
    const saving = outcomeOf(draft.save());
    await pass(100);
    const closing = client.close();
    await pass(1_000);
    await closing;
    expect([await saving, asked.length]).toEqual([expect.any(Error), 1]);
  });
});
