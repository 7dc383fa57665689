import { createClient } from 'unconflict';
import { expect, test } from 'vitest';

interface Envelope {
  readonly data: { readonly title: string };
}

/** A server whose document has an envelope, and handles that open it or do not. */
function enveloped() {
  let stored: unknown = { data: { title: 'Draft' }, links: { self: '/a' } };
  let version = 1;
  const client = createClient({
    prefix: 'https://api.example.com',
    retry: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const answer = () => Response.json(stored, { headers: { etag: `"${version}"` } });
      if (request.method === 'GET') return answer();
      if (request.headers.get('if-match') !== `"${version}"`) return new Response(null, { status: 412 });
      stored = await request.json();
      version += 1;
      return answer();
    },
  });
  const inner = client.resource<{ title: string }>('a', {
    write: 'put',
    body: { read: (body) => (body as Envelope).data, write: (data) => ({ data }) },
  });
  return { client, inner, stored: () => stored };
}

const WHOLE = { data: { title: 'Draft' }, links: { self: '/a' }, extra: 1 };

test('a plain PUT next to a handle that opens an envelope writes the whole document', async () => {
  const { client, inner, stored } = enveloped();
  await inner.get();
  const read = await client.get<Record<string, unknown>>('a').json();
  await client.put('a', { json: { ...read, extra: 1 } });
  expect(stored()).toEqual(WHOLE);
});

test('a handle without the envelope next to one with it sees and writes the whole document', async () => {
  const { client, inner, stored } = enveloped();
  const outer = client.resource<Record<string, unknown>>('a', { write: 'put' });
  await inner.get();
  expect((await outer.get()).value).toHaveProperty('links');
  await outer.edit((draft) => {
    draft.extra = 1;
  });
  expect(stored()).toEqual(WHOLE);
  expect(inner.snapshot?.value).toEqual({ title: 'Draft' });
});
