// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { StrictMode, Suspense, useState } from 'react';
import type { Client } from 'unconflict';
import { type UseDraftOptions, useConflict, useDraft } from 'unconflict/react';
import { describe, expect, test } from 'vitest';
import { type Article, PATH, scene } from './support.js';

function Form({ client, ...options }: { client: Client } & UseDraftOptions<Article>) {
  const article = useDraft<Article>(client, PATH.slice(1), options);
  if (article.value === undefined) return <p>Loading</p>;
  return (
    <>
      <input
        aria-label="Title"
        value={article.value.title}
        onChange={({ target }) => article.set('/title', target.value)}
      />
      <output>{article.status}</output>
      {article.error !== undefined && <p role="alert">{article.error.message}</p>}
    </>
  );
}

/** A form that can be taken away and shown again, in the tree of an application. */
function Page({ client, ...options }: { client: Client } & UseDraftOptions<Article>) {
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      {isOpen && <Form client={client} {...options} />}
      <button type="button" onClick={() => setOpen(!isOpen)}>
        Toggle
      </button>
    </>
  );
}

const input = async (): Promise<HTMLInputElement> => await screen.findByRole('textbox', { name: 'Title' });
const type = async (value: string): Promise<void> => void fireEvent.change(await input(), { target: { value } });
const toggle = (): void => void fireEvent.click(screen.getByRole('button', { name: 'Toggle' }));
const writesOf = (server: ReturnType<typeof scene>['server']) =>
  server.requests.filter(({ method }) => method !== 'GET');
const titleOf = (server: ReturnType<typeof scene>['server']): unknown => server.get<Article>(PATH)?.value.title;
const soon = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 30));

const SLOW = { after: 10_000, atMost: 20_000 };
const MODES = [
  ['', (tree: React.ReactNode) => tree],
  [', in StrictMode', (tree: React.ReactNode) => <StrictMode>{tree}</StrictMode>],
] as const;

describe.each(MODES)('a form that is taken away with text that is not saved%s', (_name, within) => {
  test('with autosave is saved at once, once, and shows what was saved when it is back', async () => {
    const { server, client } = scene();
    render(within(<Page client={client} autosave={SLOW} />));
    await type('Mine');
    toggle();
    await waitFor(() => expect(titleOf(server)).toBe('Mine'));
    toggle();
    expect((await input()).value).toBe('Mine');
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('clean'));
    expect(writesOf(server)).toHaveLength(1);
  });

  test('without autosave sends nothing, and the text is there when it is back', async () => {
    const { server, client } = scene();
    render(within(<Page client={client} />));
    await type('Mine');
    toggle();
    await soon();
    expect(writesOf(server)).toEqual([]);
    toggle();
    expect((await input()).value).toBe('Mine');
    expect(screen.getByRole('status').textContent).toBe('dirty');
  });

  test('whose save fails shows the text and why when it is back', async () => {
    const { server, client } = scene();
    server.fault({ kind: 'status', status: 422, on: { method: 'PATCH' } });
    render(within(<Page client={client} autosave={SLOW} />));
    await type('Mine');
    toggle();
    await waitFor(() => expect(writesOf(server)).toHaveLength(1));
    toggle();
    expect((await input()).value).toBe('Mine');
    expect((await screen.findByRole('alert')).textContent).toMatch('422');
    expect(titleOf(server)).toBe('Draft');
  });

  test('and whose question is answered after it is gone is saved', async () => {
    const { server, client, desk } = scene();
    function Question() {
      const conflict = useConflict(desk);
      const keep = (): void => {
        conflict?.chooseAll('local');
        conflict?.submit();
      };
      return conflict === undefined ? null : (
        <button type="button" onClick={keep}>
          Keep mine
        </button>
      );
    }
    render(
      within(
        <>
          <Page client={client} autosave={SLOW} />
          <Question />
        </>,
      ),
    );
    await input();
    server.edit<Article>(PATH, (doc) => {
      doc.title = 'Theirs';
    });
    await type('Mine');
    toggle();
    const keep = await screen.findByText('Keep mine');
    await act(async () => fireEvent.click(keep));
    await waitFor(() => expect(titleOf(server)).toBe('Mine'));
  });

  test('before anything was read leaves nothing behind', async () => {
    const { server, client } = scene();
    render(within(<Page client={client} autosave={SLOW} />));
    toggle();
    await soon();
    expect(writesOf(server)).toEqual([]);
    toggle();
    expect((await input()).value).toBe('Draft');
  });

  test('or hidden because something beside it suspends keeps its text, and goes on saving', async () => {
    const { server, client } = scene();
    let arrive = (): void => {};
    const coming = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let isThere = false;
    function Beside({ shown }: { shown: boolean }) {
      if (shown && !isThere) throw coming;
      return shown ? <p>Beside</p> : null;
    }
    function App() {
      const [shown, show] = useState(false);
      return (
        <>
          <Suspense fallback={<p>Wait</p>}>
            <Form client={client} autosave={{ after: 30 }} suspense />
            <Beside shown={shown} />
          </Suspense>
          <button type="button" onClick={() => show(true)}>
            Show
          </button>
        </>
      );
    }
    render(within(<App />));
    await type('Mine');
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
    await screen.findByText('Wait');
    await waitFor(() => expect(titleOf(server)).toBe('Mine'));
    isThere = true;
    await act(async () => arrive());
    await screen.findByText('Beside');
    expect((await input()).value).toBe('Mine');
    expect(writesOf(server)).toHaveLength(1);
  });
});
