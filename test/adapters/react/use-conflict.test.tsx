// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import type { ConflictDesk, ConflictSession } from 'unconflict';
import { type ConflictView, useConflict } from 'unconflict/react';
import { describe, expect, test } from 'vitest';
import { type Article, PATH, scene } from './support.js';

let view: ConflictView | undefined;

function Dialog({ of }: { of: ConflictDesk | ConflictSession | undefined }) {
  view = useConflict(of);
  if (view === undefined) return <p>no conflict</p>;
  const { conflicts, choose, ready, submit, waiting } = view;
  return (
    <form aria-label={`${waiting} waiting`}>
      {conflicts.map(({ basePath, label, choice }) => (
        <button key={basePath} type="button" onClick={() => choose(basePath, 'local')}>
          {label}: {choice === undefined ? 'open' : String(choice)}
        </button>
      ))}
      <button type="button" disabled={!ready} onClick={() => submit()}>
        Save
      </button>
    </form>
  );
}

async function collide(at: ReturnType<typeof scene>, theirs = 'Theirs'): Promise<unknown> {
  const article = at.client.resource<Article>(PATH.slice(1));
  await article.get();
  at.server.edit(PATH, (doc) => void Object.assign(doc, { title: theirs }));
  return article
    .edit((draft) => {
      draft.title = 'Mine';
    })
    .catch((error: unknown) => error);
}

describe('of a desk', () => {
  test('shows the conflict that waits, lets it be settled, and is then empty', async () => {
    const at = scene();
    render(
      <StrictMode>
        <Dialog of={at.desk} />
      </StrictMode>,
    );
    expect(screen.getByText('no conflict')).toBeTruthy();
    const saved = collide(at);
    await waitFor(() => expect(screen.getByText('Title: open')).toBeTruthy());
    expect(screen.getByText<HTMLButtonElement>('Save').disabled).toBe(true);
    fireEvent.click(screen.getByText('Title: open'));
    expect(screen.getByText('Title: local')).toBeTruthy();
    fireEvent.click(screen.getByText('Save'));
    await waitFor(() => expect(screen.getByText('no conflict')).toBeTruthy());
    expect(await saved).toMatchObject({ value: { title: 'Mine' } });
  });

  test('has no conflict on a server', async () => {
    const at = scene();
    void collide(at);
    await waitFor(() => expect(at.desk.sessions).toHaveLength(1));
    expect(renderToString(<Dialog of={at.desk} />)).toContain('no conflict');
    at.desk.sessions[0]?.abort();
  });
});

describe('of a session', () => {
  test('keeps its functions, and follows it to its end', async () => {
    const at = scene();
    const saved = collide(at);
    await waitFor(() => expect(at.desk.sessions).toHaveLength(1));
    const [session] = at.desk.sessions;
    render(<Dialog of={session} />);
    const before = view;
    fireEvent.click(screen.getByText('Title: open'));
    expect(view?.choose).toBe(before?.choose);
    act(() => view?.undo());
    expect(screen.getByText('Title: open')).toBeTruthy();
    act(() => view?.chooseAll('remote'));
    await act(async () => {
      expect(await view?.validate()).toEqual([]);
      await view?.refresh();
      await view?.submit();
    });
    expect(view).toMatchObject({ status: 'saved', waiting: 1, session });
    expect(view?.toJSON()).toMatchObject({ format: 1 });
    expect(await saved).toMatchObject({ value: { title: 'Theirs' } });
  });

  test('can be discarded or aborted, and none is none', async () => {
    const at = scene();
    const saved = collide(at);
    await waitFor(() => expect(at.desk.sessions).toHaveLength(1));
    const { rerender } = render(<Dialog of={at.desk.sessions[0]} />);
    await act(async () => view?.discard());
    expect(view?.status).toBe('discarded');
    await saved;
    const again = collide(at, 'Theirs again');
    await waitFor(() => expect(at.desk.sessions).toHaveLength(1));
    rerender(<Dialog of={at.desk.sessions[0]} />);
    act(() => view?.abort());
    expect(await again).toMatchObject({ code: 'ERR_CONFLICT' });
    rerender(<Dialog of={undefined} />);
    expect(screen.getByText('no conflict')).toBeTruthy();
  });
});
