import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ARTICLE, writing } from './support.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

describe('undo and redo', () => {
  test('a change is a step; changes of one place within 500 ms are one', async () => {
    const { draft, type } = await writing();
    type('title', ' one');
    vi.advanceTimersByTime(500);
    type('title', ' two');
    draft.set('/body', 'B');
    const titles = (): unknown[] => [draft.value?.title, draft.value?.body];
    draft.undo();
    expect(titles()).toEqual(['Draft one two', 'Text']);
    draft.undo();
    expect(titles()).toEqual(['Draft one', 'Text']);
    draft.undo();
    expect([...titles(), draft.status, draft.undo()]).toEqual(['Draft', 'Text', 'clean', false]);
    draft.redo();
    draft.redo();
    expect(titles()).toEqual(['Draft one two', 'Text']);
    type('body', '!');
    expect([draft.redo(), draft.canRedo]).toEqual([false, false]);
  });

  test('of a pushed item that item goes, wherever it is now', async () => {
    const { draft, resource, other } = await writing();
    draft.change((doc) => void doc.items.push({ id: 9, text: 'mine' }));
    await draft.save();
    other((doc) => void doc.items.unshift(...doc.items.splice(1), { id: 5, text: 'theirs' }));
    await resource.get();
    expect(draft.value?.items.map(({ id }) => id)).toEqual([9, 5, 1]);
    expect(draft.undo()).toBe(true);
    expect(draft.value?.items.map(({ id }) => id)).toEqual([5, 1]);
    await draft.save();
    draft.redo();
    expect(draft.value?.items.map(({ id }) => id).toSorted()).toEqual([1, 5, 9]);
  });

  test('what is typed into one place is one step, also where others have moved it; another item there is another step', async () => {
    const { draft, resource, other } = await writing();
    draft.set('/items/0/text', 'one!');
    other((doc) => void doc.items.unshift({ id: 5, text: 'five' }));
    await resource.get();
    draft.set('/items/0/text', 'five!');
    draft.set('/items/0/text', 'five!!');
    const texts = (): unknown => draft.value?.items.map(({ text }) => text);
    expect([draft.undo(), texts()]).toEqual([true, ['five', 'one!']]);
    expect([draft.undo(), texts(), draft.canUndo]).toEqual([true, ['five', 'one'], false]);
    draft.set('/items/1/text', 'uno');
    other((doc) => void doc.items.unshift({ id: 6, text: 'six' }));
    await resource.get();
    draft.set('/items/2/text', 'uno!');
    expect([draft.undo(), texts(), draft.canUndo]).toEqual([true, ['six', 'five', 'one'], false]);
  });

  test("takes back the person's own and nothing of others; what they overwrote is skipped", async () => {
    const { draft, resource, other } = await writing();
    draft.set('/title', 'Mine');
    draft.set('/body', 'Mine, too');
    await draft.save();
    other((doc) => void Object.assign(doc, { body: 'Theirs' }));
    other((doc) => void doc.tags.push('theirs'));
    await resource.get();
    expect(draft.undo()).toBe(true);
    expect(draft.value).toEqual({ ...ARTICLE, body: 'Theirs', tags: ['a', 'theirs'] });
    expect([draft.undo(), draft.canUndo]).toEqual([false, false]);
  });

  test('works while a save is on its way, and survives it', async () => {
    const { draft, type, now } = await writing({ server: { latency: 2 } });
    type('title', '!');
    const saving = draft.save();
    draft.undo();
    await saving;
    expect([draft.value?.title, draft.status, now().title]).toEqual(['Draft', 'dirty', 'Draft!']);
    await draft.save();
    expect([now().title, draft.redo(), draft.value?.title]).toEqual(['Draft', true, 'Draft!']);
  });
});

describe('EditResult.undo()', () => {
  test("takes back the edit's own part of what was sent together", async () => {
    const { resource, now } = await writing();
    const [first, second] = await Promise.all([
      resource.edit((doc) => void doc.tags.push('b')),
      resource.edit((doc) => void Object.assign(doc, { title: 'Mine' })),
    ]);
    const undone = await first.undo();
    expect([now(), undone.patch]).toEqual([{ ...ARTICLE, title: 'Mine' }, [{ op: 'remove', path: '/tags/1' }]]);
    expect(first.undo()).toBe(first.undo());
    await second.undo();
    expect(now()).toEqual(ARTICLE);
    await undone.undo();
    expect(now().tags).toEqual(['a', 'b']);
  });

  test('is rebased over what came since; where others changed all of it, nothing is written', async () => {
    const { resource, now, other, writes } = await writing();
    const result = await resource.edit((doc) => void Object.assign(doc, { title: 'Mine', body: 'Mine' }));
    other((doc) => void Object.assign(doc, { title: 'Theirs' }));
    await result.undo();
    expect(now()).toEqual({ ...ARTICLE, title: 'Theirs' });
    const tag = await resource.edit((doc) => void Object.assign(doc, { title: 'Again' }));
    other((doc) => void Object.assign(doc, { title: 'Theirs again' }));
    await resource.get();
    const before = writes().length;
    expect(await tag.undo()).toMatchObject({ alreadyApplied: true, patch: [] });
    expect([writes().length, now().title]).toEqual([before, 'Theirs again']);
  });

  test('takes back what the server stored in another form, and nothing where nothing was written', async () => {
    const { resource, now } = await writing({ server: { normalise: 'trim' } });
    const result = await resource.edit((doc) => void Object.assign(doc, { title: ' Mine ' }));
    await result.undo();
    expect(now().title).toBe('Draft');
    const nothing = await resource.edit(() => {});
    expect(await nothing.undo()).toMatchObject({ alreadyApplied: true, patch: [] });
  });
});
