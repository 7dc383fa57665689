import { conflictFetch, createClient, list } from 'unconflict';
import type { ConflictServerOptions } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { outcomeOf, PATH } from './support.js';

const ID = '15793596808644609';
const NEIGHBOUR = '15793596808644608';

async function listening(text: string, options: ConflictServerOptions = {}) {
  const server = createConflictServer(options);
  server.seedText(PATH, text);
  const { url } = await server.listen();
  onTestFinished(() => server.close());
  const told = { defaults: { retry: { minDelay: 0, maxDelay: 2 }, merge: { '/items': list({ key: 'name' }) } } };
  return {
    server,
    url: url + PATH,
    client: createClient({ prefix: url, ...told }),
    fetch: conflictFetch(told),
    text: () => server.text(PATH),
    writes: () => server.requests.filter(({ method }) => method !== 'GET').map(({ body }) => body),
  };
}

interface Doc {
  n: number;
  id: number;
  items: { name: string; id: number; n?: number }[];
}

const FORMS: [string, ConflictServerOptions][] = [
  ['PUT', { patches: [] }],
  ['a merge patch', { patches: ['merge-patch'] }],
  ['a JSON Patch', { patches: ['json-patch'] }],
];

const DOCUMENTS: [string, string][] = [
  ['an integer', `"id":${ID}`],
  ['a negative one', `"id":-${ID}`],
  ['a long decimal', '"id":0.12345678901234567890123'],
  ['one beyond the range', '"id":1e400'],
  ['one below it', '"id":-1e999'],
  ['a very small one', '"id":1.00000000000000000001e-300'],
  ['neighbours', `"id":${ID},"other":${NEIGHBOUR}`],
  ['one inside lists', `"id":1,"items":[{"name":"a","id":${ID}},{"name":"b","id":[[${ID}]]}]`],
  ['digits in texts and names', `"${ID}":"${ID} \\" ${ID}","id":${ID}`],
];

describe.each(FORMS)('an edit sent as %s', (_form, options) => {
  test.each(DOCUMENTS)('keeps %s', async (_title, members) => {
    const on = await listening(`{${members},"n":1}`, options);
    const handle = on.client.resource<Doc>(PATH);
    await handle.edit((draft) => {
      draft.n = 2;
    });
    expect(on.text()).toBe(`{${members},"n":2}`);
    // The next one is made on what the last one wrote.
    await handle.edit((draft) => {
      draft.n = 3;
    });
    expect(on.text()).toBe(`{${members},"n":3}`);
  });

  test.each(DOCUMENTS)('keeps %s after a rebase', async (_title, members) => {
    const on = await listening(`{${members},"n":1}`, options);
    const handle = on.client.resource<Doc>(PATH);
    await handle.get();
    on.server.seedText(PATH, `{${members},"n":1,"theirs":${NEIGHBOUR}7}`);
    await handle.edit((draft) => {
      draft.n = 2;
    });
    expect(on.text()).toBe(`{${members},"n":2,"theirs":${NEIGHBOUR}7}`);
  });

  test('keeps those of a list whose items move', async () => {
    const item = (name: string, id: string, more = ''): string => `{"name":"${name}","id":${id}${more}}`;
    const on = await listening(`{"items":[${item('a', ID)},${item('b', NEIGHBOUR)}]}`, options);
    await on.client.resource<Doc>(PATH).edit((draft) => {
      draft.items.unshift({ name: 'c', id: 1 });
    });
    expect(on.text()).toBe(`{"items":[${item('c', '1')},${item('a', ID)},${item('b', NEIGHBOUR)}]}`);
  });
});

test('where it cannot be told which of two it is, nothing is written', async () => {
  const on = await listening(`{"items":[{"name":"a","id":${ID}},{"name":"b","id":${NEIGHBOUR}}]}`, { patches: [] });
  const failed = await outcomeOf(
    on.client.resource<Doc>(PATH).edit((draft) => {
      draft.items = draft.items.map(({ id }, index) => ({ name: `new ${index}`, id })).reverse();
      draft.n = 1;
    }),
  );
  expect(String(failed)).toMatch(/keeps no more digits/);
  expect(on.writes()).toEqual([]);
});

describe("a caller's own bytes", () => {
  const members = `"id":${ID},"n":1`;
  const send = (on: Awaited<ReturnType<typeof listening>>, method: string, type: string, body: string) =>
    on.fetch(on.url, { method, headers: { 'content-type': type }, body });

  test('go out as they are', async () => {
    const on = await listening(`{${members}}`);
    await (await on.fetch(on.url)).text();
    const body = `{ "id": ${ID},\n "n": 2.50 }`;
    await send(on, 'PUT', 'application/json', body);
    expect(on.writes()).toEqual([body]);
  });

  test.each(['representation', 'minimal', 'nothing'] as const)(
    'go out as they are where another number is rounded alike, and are known after an answer of %s',
    async (answer) => {
      const on = await listening(`{"id":${NEIGHBOUR},"n":1}`, { answer });
      await (await on.fetch(on.url)).text();
      const bodies = [2, 3].map((n) => `{"id":${ID},"n":${n}}`);
      for (const body of bodies) await send(on, 'PUT', 'application/json', body);
      expect(on.writes()).toEqual(bodies);
    },
  );

  test('keep their digits where they are rebased', async () => {
    const on = await listening(`{${members}}`);
    await (await on.fetch(on.url)).text();
    on.server.seedText(PATH, `{${members},"theirs":1}`);
    await send(on, 'PUT', 'application/json', `{"id":${ID},"n":2,"mine":${NEIGHBOUR}7}`);
    expect(on.text()).toBe(`{"id":${ID},"n":2,"theirs":1,"mine":${NEIGHBOUR}7}`);
    const again = await (await on.fetch(on.url)).text();
    await send(on, 'PUT', 'application/json', again.replace('"n":2', '"n":3'));
    expect(on.text()).toContain(`"id":${ID},"n":3`);
  });

  test('that change nothing but digits are sent, conditionally', async () => {
    const on = await listening(`{"id":${NEIGHBOUR},"n":1}`);
    await (await on.fetch(on.url)).text();
    await send(on, 'PATCH', 'application/merge-patch+json', `{"id":${ID}}`);
    expect(on.text()).toBe(`{"id":${ID},"n":1}`);
    expect(on.server.requests.at(-1)?.headers['if-match']).toBeDefined();
  });

  test('whose digits would get lost in a rebase are not written', async () => {
    const on = await listening(`{"id":${NEIGHBOUR},"n":1}`);
    await (await on.fetch(on.url)).text();
    on.server.seedText(PATH, `{"id":${NEIGHBOUR},"n":1,"theirs":1}`);
    const failed = await outcomeOf(send(on, 'PUT', 'application/json', `{"id":${ID},"n":2}`));
    expect(String(failed)).toMatch(/keeps no more digits/);
    expect(on.text()).toBe(`{"id":${NEIGHBOUR},"n":1,"theirs":1}`);
  });
});

describe("ky's own parseJson and stringifyJson", () => {
  const big = {
    parseJson: (text: string): unknown => JSON.parse(text.replace(/:(\d{16,})/g, ':"$1n"')),
    stringifyJson: (value: unknown): string => JSON.stringify(value).replace(/"(\d{16,})n"/g, '$1'),
  };

  test('are asked by the plain verbs', async () => {
    const on = await listening(`{"id":${ID},"n":1}`);
    const client = on.client.extend(big);
    const value = await client.get(PATH).json<{ id: string }>();
    expect(value.id).toBe(`${ID}n`);
    on.server.seedText(PATH, `{"id":${ID},"n":1,"theirs":1}`);
    await client.put(PATH, { json: { ...value, n: 2 } });
    expect(on.text()).toBe(`{"id":${ID},"n":2,"theirs":1}`);
  });

  test('are refused by handles', async () => {
    const on = await listening('{}');
    expect(() => on.client.extend(big).resource(PATH)).toThrow(/parseJson/);
  });
});
