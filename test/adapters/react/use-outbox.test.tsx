// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import type { Outbox } from 'unconflict';
import { memory, outbox } from 'unconflict/outbox';
import { type OutboxView, useOutbox } from 'unconflict/react';
import { describe, expect, test } from 'vitest';
import { type Article, PATH, scene } from './support.js';

function Unsaved({ waiting, seen }: { waiting: Outbox; seen?: OutboxView[] }) {
  const view = useOutbox(waiting);
  seen?.push(view);
  const { entries, error, retry, discard, pause, resume, clear } = view;
  return (
    <>
      <ul>
        {entries.map(({ id, state }) => (
          <li key={id}>
            {state}
            <button type="button" onClick={() => retry(id)}>
              retry
            </button>
            <button type="button" onClick={() => discard(id)}>
              discard
            </button>
          </li>
        ))}
      </ul>
      {Object.entries({ pause, resume, clear }).map(([name, call]) => (
        <button type="button" key={name} onClick={call}>
          {name}
        </button>
      ))}
      <output>{error?.message}</output>
    </>
  );
}

const states = (): (string | undefined)[] =>
  screen.queryAllByRole('listitem').map((item) => item.firstChild?.textContent ?? '');
const shows = (...expected: string[]): Promise<void> => waitFor(() => expect(states()).toEqual(expected));
const press = (name: string): Promise<boolean> => act(async () => fireEvent.click(screen.getByText(name)));

async function open(storage = memory()) {
  const waiting = outbox({ storage });
  const refusing = { now: false };
  const { server, client } = scene();
  await client.close();
  const article = scene({
    outbox: waiting,
    prefix: server.origin,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (refusing.now && request.method !== 'GET') return Response.json({ title: 'No' }, { status: 422 });
      return server.fetch(request);
    },
  }).client.resource<Article>(PATH.slice(1));
  await article.get();
  const rename = (title: string): void => {
    article
      .edit((doc) => {
        doc.title = title;
      })
      .catch(() => {});
  };
  return { waiting, server, article, rename, refusing, title: () => server.get<Article>(PATH)?.value.title };
}

describe('useOutbox', () => {
  test('shows what waits; pause and resume stop it and let it go on', async () => {
    const { waiting, rename, title } = await open();
    render(
      <StrictMode>
        <Unsaved waiting={waiting} />
      </StrictMode>,
    );
    expect(states()).toEqual([]);
    await press('pause');
    await act(async () => rename('Mine'));
    await shows('paused');
    await press('resume');
    await shows();
    expect(title()).toBe('Mine');
  });

  test('a refusal stays until it is tried again or discarded', async () => {
    const { waiting, rename, refusing, title } = await open();
    render(<Unsaved waiting={waiting} />);
    refusing.now = true;
    await act(async () => rename('Bad'));
    await shows('refused');
    refusing.now = false;
    await press('retry');
    await shows();
    expect(title()).toBe('Bad');
    refusing.now = true;
    await act(async () => rename('Worse'));
    await shows('refused');
    await press('discard');
    await shows();
    expect(title()).toBe('Bad');
  });

  test('clear() empties it', async () => {
    const { waiting, rename, title } = await open();
    render(<Unsaved waiting={waiting} />);
    await press('pause');
    await act(async () => rename('Mine'));
    await shows('paused');
    await press('clear');
    await shows();
    expect(title()).toBe('Draft');
  });

  test('shows what the storage could not do', async () => {
    const { waiting, rename } = await open({ ...memory(), set: () => Promise.reject(new Error('broken')) });
    render(<Unsaved waiting={waiting} />);
    await act(async () => rename('Mine'));
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('storage failed'));
  });

  test('is the same view until something changes, and its functions never change', async () => {
    const { waiting, rename } = await open();
    const seen: OutboxView[] = [];
    const { rerender } = render(<Unsaved waiting={waiting} seen={seen} />);
    rerender(<Unsaved waiting={waiting} seen={seen} />);
    expect(seen[1]).toBe(seen[0]);
    await press('pause');
    await act(async () => rename('Mine'));
    await shows('paused');
    expect(seen.at(-1)).not.toBe(seen[0]);
    expect(seen.at(-1)?.retry).toBe(seen[0]?.retry);
  });

  test('takes another outbox', async () => {
    const [first, second] = [await open(), await open()];
    const { rerender } = render(<Unsaved waiting={first.waiting} />);
    second.waiting.pause();
    await act(async () => second.rename('Mine'));
    rerender(<Unsaved waiting={second.waiting} />);
    await shows('paused');
  });

  test('on a server there is nothing in it', async () => {
    const { waiting, rename } = await open();
    waiting.pause();
    rename('Mine');
    expect(waiting.entries).toHaveLength(1);
    expect(renderToString(<Unsaved waiting={waiting} />)).toContain('<ul></ul>');
  });
});
