import fc from 'fast-check';
import type { ConflictAnswer, ConflictContext, ConflictSession, EditResult, Resource } from 'unconflict';
import { ask, ConflictError } from 'unconflict';
import { describe, expect, test, vi } from 'vitest';
import { type Article, DRAFT, outcomeOf, PATH, scene } from './support.js';

const title = (value: string) => (draft: Article) => {
  draft.title = value;
};
const body = (value: string) => (draft: Article) => {
  draft.body = value;
};
const theirs = (draft: Article): void => {
  draft.title = 'Theirs';
  draft.tags.push('theirs');
};

type Given = ConflictAnswer<Article>;

/** A question that stays open until it is answered. */
class Desk {
  readonly asked: ConflictContext<Article>[] = [];
  #give: ((answer: Given) => void) | undefined;
  #opened: (() => void) | undefined;

  readonly resolve = (context: ConflictContext<Article>): Promise<Given> => {
    this.asked.push(context);
    this.#opened?.();
    return new Promise((give) => {
      this.#give = give;
    });
  };

  /** Resolves when somebody is asked. */
  async opened(): Promise<ConflictContext<Article>> {
    if (this.asked.length === 0) await new Promise<void>((resolve) => (this.#opened = resolve));
    const context = this.asked.at(-1);
    if (context === undefined) throw new Error('nobody was asked');
    return context;
  }

  answer(answer: Given): void {
    this.#give?.(answer);
  }
}

/** Asked about `Mine`, while others have saved `Theirs` and another tag. */
async function asked() {
  const on = scene();
  const desk = new Desk();
  const handle: Resource<Article> = on.client.resource<Article>(PATH, { resolve: desk.resolve });
  await handle.get();
  on.server.edit(PATH, theirs);
  const first = handle.edit(title('Mine'));
  first.catch(() => {});
  const context = await desk.opened();
  return { on, desk, handle, first, context };
}

const tags = [...DRAFT.tags, 'theirs'];

describe('an edit that is made while a question is open joins it', () => {
  test.each([
    ['local', 'local' as const, { title: 'Mine!', body: 'Text', tags }],
    ['remote', 'remote' as const, { title: 'Theirs', body: 'Text', tags }],
    ['resolutions', { resolutions: { '/title': 'local' } } as const, { title: 'Mine!', body: 'Text', tags }],
    ['discard', 'discard' as const, { title: 'Theirs', body: 'Text', tags }],
    ['a value', { value: { title: 'Both', body: 'Text', tags } }, { title: 'Mine!', body: 'Text', tags }],
  ])('one question, at most one write: %s', async (_name, answer, value) => {
    const { on, desk, handle, first } = await asked();
    const second = handle.edit(title('Mine!'));
    desk.answer(answer);
    await expect(Promise.all([first, second])).resolves.toMatchObject([{ value }, { value }]);
    expect(desk.asked).toHaveLength(1);
    expect(on.now()).toEqual(value);
    expect(on.writes().filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(handle.value).toEqual(value);
  });

  test('the question shows what is on the screen, and others have not changed what nobody else touched', async () => {
    const { desk, handle, first, context } = await asked();
    const seen: string[] = [];
    context.edit?.watch?.(({ local }) => seen.push(local.title));
    const second = handle.edit(title('Mine!'));
    expect(seen).toEqual(['Mine!']);
    const latest = await context.edit?.latest();
    expect(latest?.local).toEqual({ title: 'Mine!', body: 'Text', tags });
    expect(latest?.local).toEqual(handle.value);
    expect(latest?.conflicts).toMatchObject([
      {
        path: '/title',
        base: { value: 'Draft' },
        local: { value: 'Mine!' },
        remote: { value: 'Theirs' },
      },
    ]);
    desk.answer('local');
    await Promise.all([first, second]);
  });

  test('another member of it lands with it, whatever is answered about the title', async () => {
    const { on, desk, handle, first } = await asked();
    const second = handle.edit(body('New text'));
    desk.answer('remote');
    const value = { title: 'Theirs', body: 'New text', tags };
    await expect(Promise.all([first, second])).resolves.toMatchObject([{ value }, { value }]);
    expect(on.writes().map(({ status }) => status)).toEqual([412, 200]);
    expect(desk.asked).toHaveLength(1);
  });

  test('what others had saved and the person then changed is theirs no more, and no conflict', async () => {
    const { on, desk, handle, first } = await asked();
    const second = handle.edit((draft) => void draft.tags.pop());
    desk.answer('local');
    const value = { title: 'Mine', body: 'Text', tags: DRAFT.tags };
    await expect(Promise.all([first, second])).resolves.toMatchObject([{ value }, { value }]);
    expect(desk.asked).toHaveLength(1);
    expect(on.now()).toEqual(value);
  });

  test('each of many letters, before and while it is asked and while it is written', async () => {
    const on = scene();
    const desk = new Desk();
    const handle = on.client.resource<Article>(PATH, { resolve: desk.resolve });
    await handle.get();
    on.server.edit(PATH, theirs);
    const results: Promise<EditResult<Article>>[] = [];
    const type = (text: string): void => {
      for (const letter of text)
        results.push(
          handle.edit((draft) => {
            draft.title += letter;
          }),
        );
    };
    type(' one');
    await desk.opened();
    type(' two');
    desk.answer('local');
    type(' three');
    await Promise.all(results);
    expect(on.now()).toMatchObject({ title: 'Draft one two three', tags });
    expect(desk.asked).toHaveLength(1);
    expect(on.landed()).toBeLessThanOrEqual(2);
  });

  test('a dismissed question ends each, and is not put again; what does not collide lands', async () => {
    const { on, desk, handle, first } = await asked();
    const second = outcomeOf(handle.edit(title('Mine!')));
    const third = handle.edit(body('New text'));
    desk.answer(undefined);
    expect(await outcomeOf(first)).toBeInstanceOf(ConflictError);
    expect(await second).toMatchObject({ code: 'ERR_CONFLICT', local: { title: 'Mine!' } });
    await expect(third).resolves.toMatchObject({ value: { title: 'Theirs', body: 'New text', tags } });
    expect(desk.asked).toHaveLength(1);
    expect(on.now()).toEqual({ title: 'Theirs', body: 'New text', tags });
  });

  test('its caller may leave, and the question goes on about the rest', async () => {
    const { on, desk, handle, first } = await asked();
    const leaver = new AbortController();
    const leaves = outcomeOf(handle.edit(title('Mine!'), { signal: leaver.signal }));
    leaver.abort('gone');
    await expect(leaves).resolves.toBe('gone');
    desk.answer('local');
    await first;
    expect(on.now()).toMatchObject({ title: 'Mine' });
    expect(desk.asked).toHaveLength(1);
  });

  test('the first caller may leave, and the question goes on about the rest', async () => {
    const on = scene();
    const desk = new Desk();
    const handle = on.client.resource<Article>(PATH, { resolve: desk.resolve });
    await handle.get();
    on.server.edit(PATH, theirs);
    const leaver = new AbortController();
    const leaves = outcomeOf(handle.edit(title('Mine'), { signal: leaver.signal }));
    const { signal, edit } = await desk.opened();
    const stays = handle.edit(title('Mine!'));
    leaver.abort('gone');
    await expect(leaves).resolves.toBe('gone');
    expect(signal.aborted).toBe(false);
    desk.answer('local');
    const landed = await stays;
    expect(landed.value).toMatchObject({ title: 'Mine!', tags });
    await expect(edit?.outcome).resolves.toBe(landed);
    expect(desk.asked).toHaveLength(1);
  });

  test('what others save meanwhile at the same place is asked about: an answer counts for what was shown', async () => {
    const { on, desk, handle, first } = await asked();
    on.server.edit(PATH, title('Theirs 2'));
    const second = handle.edit(title('Mine!'));
    desk.answer('local');
    await vi.waitFor(() => expect(desk.asked).toHaveLength(2));
    expect(desk.asked.at(-1)).toMatchObject({ local: { title: 'Mine!' }, remote: { title: 'Theirs 2' } });
    desk.answer('local');
    await Promise.all([first, second]);
    expect(on.now()).toMatchObject({ title: 'Mine!', tags });
  });

  test('made from a state that a read has brought meanwhile', async () => {
    const { on, desk, handle, first, context } = await asked();
    on.server.edit(PATH, body('Others, later'));
    await handle.get();
    const second = handle.edit(title('Mine!'));
    const latest = await context.edit?.latest();
    expect(latest).toMatchObject({ local: { title: 'Mine!', body: 'Others, later' }, conflicts: [{ path: '/title' }] });
    desk.answer('local');
    await Promise.all([first, second]);
    expect(on.now()).toEqual({ title: 'Mine!', body: 'Others, later', tags });
    expect(desk.asked).toHaveLength(1);
  });

  test('in a list whose places have moved', async () => {
    const items = (text: string) => [
      { id: 'a', text: 'A' },
      { id: 'b', text },
    ];
    const on = scene();
    on.server.seed('/lists/1', { items: items('B') });
    type List = { items: { id: string; text: string }[] };
    const answers: ((answer: ConflictAnswer<List>) => void)[] = [];
    const handle = on.client.resource<List>('/lists/1', {
      resolve: () => new Promise((give) => answers.push(give)),
    });
    await handle.get();
    on.server.edit<List>('/lists/1', (list) => {
      list.items = [{ id: 'new', text: 'N' }, ...items('Theirs')];
    });
    const last = (text: string) => (list: List) => {
      const item = list.items.find(({ id }) => id === 'b');
      if (item !== undefined) item.text = text;
    };
    const first = handle.edit(last('Mine'));
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    const second = handle.edit(last('Mine!'));
    answers[0]?.({ resolutions: { '/items/1/text': 'local' } });
    await Promise.all([first, second]);
    expect(on.server.get('/lists/1')?.value).toEqual({ items: [{ id: 'new', text: 'N' }, ...items('Mine!')] });
    expect(answers).toHaveLength(1);
  });
});

describe('a session that is open', () => {
  test('shows what is typed on, keeps what was chosen, and its answer counts for all', async () => {
    const on = scene();
    const opened: ConflictSession[] = [];
    const desk = ask((session) => opened.push(session));
    const handle = on.client.resource<Article>(PATH, { resolve: desk });
    await handle.get();
    on.server.edit(PATH, theirs);
    const first = handle.edit(title('Mine'));
    await new Promise<void>((resolve) => desk.subscribe(() => resolve()));
    const [session] = opened;
    session?.choose('/title', 'local');
    const second = handle.edit(title('Mine!'));
    expect(session?.getSnapshot()).toMatchObject({ local: { title: 'Mine!' }, ready: true });
    expect(session?.getSnapshot().preview).toMatchObject({ title: 'Mine!', tags });
    await session?.submit();
    await Promise.all([first, second]);
    expect(on.now()).toMatchObject({ title: 'Mine!', tags });
    expect(opened).toHaveLength(1);
  });
});

describe('a deletion that is asked about', () => {
  async function gone() {
    const on = scene();
    const desk = new Desk();
    const handle = on.client.resource<Article>(PATH, { resolve: desk.resolve });
    await handle.get();
    on.server.remove(PATH);
    const first = handle.edit(title('Mine'));
    first.catch(() => {});
    const context = await desk.opened();
    return { on, desk, handle, first, context };
  }

  test.each([
    ['local', 'local' as const, { ...DRAFT, title: 'Mine!' }],
    ['a value', { value: { ...DRAFT, body: 'Other' } }, { ...DRAFT, title: 'Mine!', body: 'Other' }],
  ])('what is typed on is made anew with it: %s', async (_name, answer, value) => {
    const { on, desk, handle, first, context } = await gone();
    const second = handle.edit(title('Mine!'));
    expect(context.reason).toBe('gone');
    desk.answer(answer);
    await expect(Promise.all([first, second])).resolves.toMatchObject([{ value }, { value }]);
    expect(on.now()).toEqual(value);
    expect(desk.asked).toHaveLength(1);
  });

  test("answered 'remote', each resolves, and nothing is made anew", async () => {
    const { on, desk, handle, first, context } = await gone();
    const second = handle.edit(title('Mine!'));
    expect((await context.edit?.latest())?.local).toMatchObject({ title: 'Mine!' });
    desk.answer('remote');
    await Promise.all([first, second]);
    expect(on.now()).toBeUndefined();
    expect(desk.asked).toHaveLength(1);
  });
});

describe('what cannot travel with the rest goes after it', () => {
  test('a deletion', async () => {
    const { on, desk, handle, first } = await asked();
    const deleted = handle.delete();
    desk.answer('local');
    await first;
    await deleted;
    expect(on.now()).toBeUndefined();
    expect(desk.asked).toHaveLength(1);
  });

  test('an edit with options of its own', async () => {
    const { on, desk, handle, first } = await asked();
    const second = handle.edit(body('New text'), { retry: { attempts: 2 } });
    desk.answer('local');
    await Promise.all([first, second]);
    expect(on.now()).toEqual({ title: 'Mine', body: 'New text', tags });
    expect(on.writes().map(({ status }) => status)).toEqual([412, 200, 200]);
  });
});

test('what was answered shows at once, and what is typed on that is about that', async () => {
  const on = scene();
  const desk = new Desk();
  const handle = on.client.resource<Article>(PATH, { resolve: desk.resolve });
  await handle.get();
  on.server.edit(PATH, theirs);
  const first = handle.edit((draft) => {
    draft.title = 'Mine';
    draft.body = 'New text';
  });
  await desk.opened();
  let second: Promise<EditResult<Article>> | undefined;
  const stop = on.client.on(({ type }) => {
    if (type !== 'attempt' || second !== undefined) return;
    expect(handle.value).toEqual({ title: 'Theirs', body: 'New text', tags });
    second = handle.edit((draft) => {
      draft.title += ' and mine';
    });
  });
  desk.answer('remote');
  await first;
  await second;
  stop();
  expect(on.now()).toEqual({ title: 'Theirs and mine', body: 'New text', tags });
  expect(desk.asked).toHaveLength(1);
});

/** What happens, one after the other: the person types into one of two fields, others save one, the question is answered, time passes. */
const step = fc.constantFrom('title', 'body', 'their title', 'their body', 'their tags', 'answer', 'read', 'pause');

test.each(['local', 'remote'] as const)(
  'one question at most for each overlap, whoever saves when: %s',
  async (answer) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const on = scene();
        const desk = new Desk();
        const handle = on.client.resource<Article>(PATH, { resolve: desk.resolve });
        await handle.get();
        const edits: Promise<EditResult<Article>>[] = [];
        let typed = { title: '', body: '' };
        let overlaps = 0;
        let saves = 0;
        const pause = () => new Promise((resolve) => setTimeout(resolve, 2));
        const type = (name: 'title' | 'body') => {
          const letter = String.fromCharCode(0x391 + edits.length);
          typed = { ...typed, [name]: typed[name] + letter };
          edits.push(
            handle.edit((draft) => {
              draft[name] += letter;
            }),
          );
        };
        const theySave = (change: (draft: Article) => unknown) => {
          saves += 1;
          on.server.edit<Article>(PATH, (draft) => void change(draft));
        };
        for (const now of steps) {
          if (now === 'title' || now === 'body') type(now);
          else if (now === 'their title' || now === 'their body') {
            const name = now === 'their title' ? 'title' : 'body';
            overlaps += 1;
            theySave((draft) => Object.assign(draft, { [name]: `${saves}: ${draft[name]}` }));
          } else if (now === 'their tags') theySave((draft) => void draft.tags.push(`t${saves}`));
          else if (now === 'answer') desk.answer(answer);
          else if (now === 'read') await handle.get();
          else await pause();
        }
        const all = Promise.all(edits);
        let isOver = edits.length === 0;
        const end = (): void => {
          isOver = true;
        };
        void all.then(end, end);
        while (!isOver) {
          desk.answer(answer);
          await pause();
        }
        await all;
        await handle.get();
        expect(desk.asked.length).toBeLessThanOrEqual(overlaps);
        expect(handle.value).toEqual(on.now());
        const { title: saved, body: text } = on.server.get<Article>(PATH)?.value ?? DRAFT;
        const letters = (seen: string) => seen.replace(/[^\u0391-\u03a9]/g, '');
        if (answer === 'local') expect({ title: letters(saved), body: letters(text) }).toEqual(typed);
      }),
      { numRuns: 150 },
    );
  },
);
