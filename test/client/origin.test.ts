import type { ConflictContext, ResourceOptions } from 'unconflict';
import { ConflictError, createClient, InvalidOptionsError, latest } from 'unconflict';
import { memory, outbox } from 'unconflict/outbox';
import { deletedUnderneath } from 'unconflict/testing';
import { describe, expect, test, vi } from 'vitest';
import { type Article, outcomeOf, PATH, scene } from './support.js';

const to =
  (field: 'title' | 'body', text: string) =>
  (draft: Article): void => {
    draft[field] = text;
  };

/** The title is edited from version 1, while others have changed it, too. */
async function overlap(options: ResourceOptions<Article>) {
  const on = scene();
  const handle = on.client.resource<Article>(PATH, options);
  await handle.get();
  on.server.edit<Article>(PATH, to('title', 'Theirs'));
  const outcome = await outcomeOf(handle.edit(to('title', 'Mine')));
  return { on, outcome };
}

const titleOf = (value: unknown): unknown => (value as Article).title;

describe("a program's edit", () => {
  test.each([
    ['the rule local', { '/title': 'local' }],
    ['the rule local of all that is in there', { '/**': 'local' }],
    ['a rule of your own that answers local', { '/title': () => 'local' }],
  ] as const)('asks where %s would let a person win', async (_title, merge) => {
    const person = await overlap({ merge });
    expect(titleOf(person.on.now())).toBe('Mine');
    const alone = await overlap({ merge, origin: 'agent' });
    expect(alone.outcome).toBeInstanceOf(ConflictError);
    expect(titleOf(alone.on.now())).toBe('Theirs');
    const asked: ConflictContext<Article>[] = [];
    const resolve = (context: ConflictContext<Article>) => {
      asked.push(context);
      return 'local' as const;
    };
    const answered = await overlap({ merge, origin: 'agent', resolve });
    expect(asked.map(({ origin, conflicts }) => [origin, conflicts.map(({ path }) => path)])).toEqual([
      ['agent', ['/title']],
    ]);
    expect(titleOf(answered.on.now())).toBe('Mine');
  });

  test('keeps the rules that do not let it win because it is the one that saves', async () => {
    const merge = { '/title': 'remote', '/views': latest() } as const;
    const { on, outcome } = await overlap({ merge, origin: 'agent' });
    expect(outcome).toMatchObject({ value: { title: 'Theirs' }, resolved: [{ by: 'rule' }] });
    expect(titleOf(on.now())).toBe('Theirs');
  });

  test('does not make again what somebody has deleted', async () => {
    const gone = async (origin: string) => {
      const on = scene();
      const handle = on.client.resource<Article>(PATH, { gone: 'recreate', origin });
      await handle.get();
      deletedUnderneath(on.server, PATH);
      return outcomeOf(handle.edit(to('title', 'Mine')));
    };
    expect(await gone('person')).toMatchObject({ value: { title: 'Mine' } });
    expect(await gone('agent')).toMatchObject({ code: 'ERR_GONE' });
  });

  test('and one of a person that wait together are two writes, each under its own rules', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH);
    await handle.get();
    const edits = [
      handle.edit(to('title', 'Mine')),
      handle.edit(to('body', 'Generated'), { origin: 'agent' }),
      handle.edit((draft) => void draft.tags.push('mine')),
    ];
    await Promise.all(edits);
    expect(on.writes()).toHaveLength(3);
    expect(on.events.flatMap((event) => (event.type === 'queued' ? [event.origin] : []))).toEqual([
      'person',
      'agent',
      'person',
    ]);
  });

  test('meets what a person has saved with the same client: that is not its own write', async () => {
    for (const [first, second] of [
      ['person', 'agent'],
      ['agent', 'person'],
    ] as const) {
      const on = scene();
      const handle = on.client.resource<Article>(PATH);
      const base = await handle.get();
      await handle.edit(to('title', 'First'), { origin: first });
      const edit = (origin: string) =>
        outcomeOf(handle.replace({ ...base.value, tags: ['a', 'b'], title: 'Second' }, { base, origin }));
      expect(await edit(second)).toBeInstanceOf(ConflictError);
      expect(titleOf(on.now())).toBe('First');
      await edit(first);
      expect(titleOf(on.now())).toBe('Second');
    }
  });

  test('that is taken back leaves what a person has made of it since', async () => {
    const on = scene();
    const handle = on.client.resource<Article>(PATH, { merge: { '/title': 'local' } });
    await handle.get();
    const result = await handle.edit(to('title', 'Generated'), { origin: 'agent' });
    await handle.edit(to('title', 'Mine'));
    await result.undo();
    expect(titleOf(on.now())).toBe('Mine');
    expect(on.events.findLast(({ type }) => type === 'queued')).toMatchObject({ origin: 'agent' });
  });
});

test('plain verbs take the origin of their resource', async () => {
  const on = scene({}, { defaults: { origin: 'import', merge: { '/title': 'local' } } });
  const read = await on.client.get<Article>(PATH).json();
  on.server.edit<Article>(PATH, to('title', 'Theirs'));
  const outcome = await outcomeOf(on.client.put(PATH, { json: { ...read, title: 'Mine' }, base: read }));
  expect(outcome).toBeInstanceOf(ConflictError);
});

test('an origin is a name', () => {
  const on = scene();
  for (const origin of ['', 1, null])
    expect(() => on.client.resource(PATH, { origin: origin as string })).toThrow(InvalidOptionsError);
});

test('an outbox keeps it over a restart', async () => {
  const on = scene();
  const storage = memory();
  const open = () => {
    const kept = outbox({ storage, owner: 'ada' });
    const defaults = { merge: { '/title': 'local' } } as const;
    const client = createClient({ prefix: on.server.origin, fetch: on.server.fetch, outbox: kept, defaults });
    return { kept, client, handle: client.resource<Article>(PATH) };
  };
  const dying = open();
  await dying.handle.get();
  dying.kept.pause();
  dying.handle.edit(to('title', 'Generated'), { origin: 'agent' }).catch(() => {});
  await vi.waitFor(async () => expect(await storage.keys()).toHaveLength(1));
  await dying.client.close();
  on.server.edit(PATH, to('title', 'Theirs'));
  const { kept } = open();
  await vi.waitFor(() => expect(kept.entries.map(({ state }) => state)).toEqual(['conflicted']));
  expect(titleOf(on.now())).toBe('Theirs');
});
