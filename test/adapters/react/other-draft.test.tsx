// @vitest-environment happy-dom
// Transformed before the first test.
import '../../../src/client/draft/index.js';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { StrictMode, Suspense, useState } from 'react';
import type { Client } from 'unconflict';
import { createClient } from 'unconflict';
import { type UseDraftOptions, useConflict, useDraft } from 'unconflict/react';
import { createConflictServer } from 'unconflict/testing';
import { describe, expect, test } from 'vitest';
import { type Article, PATH, scene } from './support.js';

interface FormProps extends UseDraftOptions<Article> {
  readonly client: Client;
  readonly url?: string;
}

function Form({ client, url = 'articles/1', ...options }: FormProps) {
  const article = useDraft<Article>(client, url, { autosave: { after: 10_000, atMost: 20_000 }, ...options });
  if (article.value === undefined) return <p>Loading</p>;
  return (
    <>
      <input
        aria-label="Title"
        value={article.value.title}
        onChange={({ target }) => article.set('/title', target.value)}
      />
      <output>{article.status}</output>
    </>
  );
}

const input = async (): Promise<HTMLInputElement> => await screen.findByRole('textbox', { name: 'Title' });
const type = async (value: string): Promise<void> => void fireEvent.change(await input(), { target: { value } });
const shows = (title: string): Promise<void> => waitFor(async () => expect((await input()).value).toBe(title));
const writesOf = ({ requests }: ReturnType<typeof createConflictServer>): number =>
  requests.filter(({ method }) => method !== 'GET').length;

const MODES = [
  ['', (tree: React.ReactNode) => tree],
  [', in StrictMode', (tree: React.ReactNode) => <StrictMode>{tree}</StrictMode>],
  [', in Suspense', (tree: React.ReactNode) => <Suspense fallback={<p>Wait</p>}>{tree}</Suspense>],
] as const;

describe.each(MODES)('a form with text that is not saved%s', (mode, within) => {
  const suspense = mode.endsWith('Suspense') ? ({ suspense: true } as const) : {};

  test('that is shown another resource saves the one it had, and shows it again as it was left', async () => {
    const { server, client } = scene();
    server.seed('/articles/2', { title: 'Two', tags: [] });
    const at = (url: string) => within(<Form client={client} url={url} {...suspense} />);
    const { rerender } = render(at('articles/1'));
    await type('Mine');
    rerender(at('articles/2'));
    await shows('Two');
    await waitFor(() => expect(server.get<Article>(PATH)?.value.title).toBe('Mine'));
    await type('Two!');
    rerender(at('articles/1'));
    await shows('Mine');
    await waitFor(() => expect(server.get<Article>('/articles/2')?.value.title).toBe('Two!'));
    expect(writesOf(server)).toBe(2);
  });

  test('that gets another client saves with the one it had', async () => {
    const [one, two] = [scene(), scene()];
    const { rerender } = render(within(<Form client={one.client} {...suspense} />));
    await type('Mine');
    rerender(within(<Form client={two.client} {...suspense} />));
    await shows('Draft');
    await waitFor(() => expect(one.server.get<Article>(PATH)?.value.title).toBe('Mine'));
    expect(writesOf(two.server)).toBe(0);
  });

  test('that is taken away during a save saves what was typed since, too', async () => {
    const server = createConflictServer({ latency: 30 });
    server.seed(PATH, { title: 'Draft', tags: [] });
    const client = createClient({ prefix: server.origin, fetch: server.fetch, retry: 0 });
    const { unmount } = render(within(<Form client={client} autosave={{ after: 5 }} {...suspense} />));
    await type('Mine');
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('saving'));
    await type('Mine, more');
    unmount();
    await waitFor(() => expect(server.get<Article>(PATH)?.value.title).toBe('Mine, more'));
    expect(writesOf(server)).toBe(2);
  });

  test('that is taken away with a question open, and is back, is what is asked about', async () => {
    const { server, client, desk } = scene();
    function Page() {
      const [isOpen, setOpen] = useState(true);
      const conflict = useConflict(desk);
      const keep = (): void => {
        conflict?.chooseAll('local');
        conflict?.submit();
      };
      return (
        <>
          {isOpen && <Form client={client} autosave={{ after: 5 }} {...suspense} />}
          <button type="button" onClick={() => setOpen(!isOpen)}>
            Toggle
          </button>
          {conflict !== undefined && (
            <button type="button" onClick={keep}>
              Keep mine
            </button>
          )}
        </>
      );
    }
    render(within(<Page />));
    await input();
    server.edit<Article>(PATH, (doc) => void Object.assign(doc, { title: 'Theirs' }));
    await type('Mine');
    await screen.findByText('Keep mine');
    fireEvent.click(screen.getByText('Toggle'));
    fireEvent.click(screen.getByText('Toggle'));
    expect([(await input()).value, screen.getByRole('status').textContent]).toEqual(['Mine', 'conflicted']);
    await type('Mine, too');
    const keep = await screen.findByText('Keep mine');
    await act(async () => fireEvent.click(keep));
    await waitFor(() => expect(server.get<Article>(PATH)?.value.title).toBe('Mine, too'));
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('clean'));
    expect(desk.sessions).toEqual([]);
  });

  test('that was kept over a reload goes on with it', async () => {
    const { client } = scene();
    const base = await client.resource<Article>('articles/1').get();
    render(within(<Form client={client} from={{ base, value: { title: 'Kept', tags: [] } }} {...suspense} />));
    expect([(await input()).value, screen.getByRole('status').textContent]).toEqual(['Kept', 'dirty']);
  });
});
