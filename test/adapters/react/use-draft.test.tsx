// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { StrictMode, Suspense } from 'react';
import type { Client } from 'unconflict';
import { type UseDraftOptions, useDraft } from 'unconflict/react';
import { describe, expect, test } from 'vitest';
import { type Article, PATH, scene } from './support.js';

function Form({ client, ...options }: { client: Client } & UseDraftOptions<Article>) {
  const article = useDraft<Article>(client, PATH.slice(1), options);
  if (article.value === undefined) return <p>Loading</p>;
  return (
    <form>
      <input
        aria-label="Title"
        value={article.value.title}
        onChange={({ target }) => article.set('/title', target.value)}
      />
      <output>{article.status}</output>
      <p data-testid="tags">{article.value.tags.join(' ')}</p>
      <button type="button" onClick={() => article.save()}>
        Save
      </button>
      <button type="button" disabled={!article.canUndo} onClick={article.undo}>
        Undo
      </button>
    </form>
  );
}

const input = async (): Promise<HTMLInputElement> => await screen.findByRole('textbox', { name: 'Title' });
const type = (element: HTMLInputElement, value: string): void => void fireEvent.change(element, { target: { value } });
const status = (word: string): Promise<unknown> =>
  waitFor(() => expect(screen.getByRole('status').textContent).toBe(word));
const title = (server: ReturnType<typeof scene>['server']): unknown => server.get<Article>(PATH)?.value.title;

describe('useDraft', () => {
  test('shows what is typed at once, saves, and takes back; what others save goes under it', async () => {
    const { server, client, reads } = scene();
    render(
      <StrictMode>
        <Form client={client} />
      </StrictMode>,
    );
    type(await input(), 'Mine');
    expect((await input()).value).toBe('Mine');
    server.edit<Article>(PATH, (doc) => void doc.tags.push('theirs'));
    await act(() => client.resource(PATH.slice(1)).get());
    await waitFor(() => expect(screen.getByTestId('tags').textContent).toBe('theirs'), { timeout: 10_000 });
    expect((await input()).value).toBe('Mine');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await status('clean');
    expect([title(server), reads()]).toEqual(['Mine', 2]);
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await status('dirty');
    expect((await input()).value).toBe('Draft');
  });

  test('saves by itself, also what was typed just before it was unmounted', async () => {
    const { server, client } = scene();
    const { unmount } = render(<Form client={client} autosave={{ after: 10_000 }} />);
    type(await input(), 'Mine');
    await status('dirty');
    unmount();
    await waitFor(() => expect(title(server)).toBe('Mine'));
  });

  test('without autosave the text is there again when it is shown again, and nothing was sent', async () => {
    const { server, client } = scene();
    const first = render(<Form client={client} />);
    type(await input(), 'Mine');
    await status('dirty');
    first.unmount();
    render(<Form client={client} />);
    expect((await input()).value).toBe('Mine');
    expect(title(server)).toBe('Draft');
  });

  test('suspends until there is something to show', async () => {
    const { client, reads } = scene();
    render(
      <StrictMode>
        <Suspense fallback={<p>Wait</p>}>
          <Form client={client} suspense />
        </Suspense>
      </StrictMode>,
    );
    screen.getByText('Wait');
    expect((await input()).value).toBe('Draft');
    expect(reads()).toBe(1);
  });

  test('two components of one resource work on one draft', async () => {
    const { client } = scene();
    render(
      <>
        <Form client={client} />
        <Form client={client} />
      </>,
    );
    const [one] = await screen.findAllByRole<HTMLInputElement>('textbox');
    if (one !== undefined) type(one, 'Both');
    const values = screen.getAllByRole<HTMLInputElement>('textbox').map(({ value }) => value);
    expect(values).toEqual(['Both', 'Both']);
  });
});
