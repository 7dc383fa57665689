// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Component, type ReactNode, StrictMode, Suspense } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import type { Client, Resource } from 'unconflict';
import { preload, type ResourceView, type UseResourceOptions, useResource } from 'unconflict/react';
import { describe, expect, test, vi } from 'vitest';
import { type Article, PATH, scene } from './support.js';

const URL = PATH.slice(1);
let view: ResourceView<Article>;

function Editor({ client, ...options }: { client: Client } & UseResourceOptions<Article>) {
  view = useResource<Article>(client, URL, options);
  const retitle = () =>
    void view.edit((draft) => {
      draft.title = 'Mine';
    });
  return (
    <button type="button" onClick={retitle} data-status={view.status}>
      {view.value?.title ?? 'nothing yet'}
      {view.pending ? ' …' : ''}
    </button>
  );
}

const text = (): string | null => screen.getByRole('button').textContent;

describe('a component', () => {
  test('reads what nobody has read yet, once, in StrictMode as well', async () => {
    const { client, reads } = scene();
    render(
      <StrictMode>
        <Editor client={client} />
        <Editor client={client} />
      </StrictMode>,
    );
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['nothing yet', 'nothing yet']);
    await waitFor(() => expect(screen.getAllByRole('button')[0]?.textContent).toBe('Draft'));
    expect(screen.getAllByRole('button')[1]?.textContent).toBe('Draft');
    expect(reads()).toBe(1);
  });

  test.each([
    ['missing', 1],
    ['always', 2],
    ['never', 1],
  ] as const)('that is told to read %s leads to %i reads of what is known', async (read, expected) => {
    const { client, reads } = scene();
    const article = client.resource<Article>(URL);
    await article.get();
    render(<Editor client={client} read={read} />);
    await waitFor(() => expect(text()).toBe('Draft'));
    await act(async () => {});
    expect(reads()).toBe(expected);
  });

  test('has the snapshot that a form opens with: what others saved while it was open is merged, not overwritten', async () => {
    const { client, server } = scene();
    render(<Editor client={client} />);
    await waitFor(() => expect(view.snapshot?.value.title).toBe('Draft'));
    const { snapshot: base } = view;
    server.edit<Article>(PATH, (doc) => void doc.tags.push('theirs'));
    await act(() => view.refresh());
    expect([view.snapshot?.value.tags, base?.value.tags]).toEqual([['theirs'], []]);
    if (base === undefined) throw new Error('no snapshot');
    await act(() => view.replace({ title: 'Mine', tags: [] }, { base }));
    expect(server.get<Article>(PATH)?.value).toEqual({ title: 'Mine', tags: ['theirs'] });
  });

  test('is given the snapshot without what is still being saved', async () => {
    const { client, server } = scene();
    render(<Editor client={client} />);
    await waitFor(() => expect(text()).toBe('Draft'));
    server.fault({ kind: 'delay', ms: 100, on: { method: 'PATCH', path: PATH } });
    fireEvent.click(screen.getByRole('button'));
    expect([view.value?.title, view.snapshot?.value.title]).toEqual(['Mine', 'Draft']);
    await waitFor(() => expect(view.snapshot?.value.title).toBe('Mine'));
  });

  test('shows an edit at once, then what was saved', async () => {
    const { client, server } = scene();
    render(<Editor client={client} />);
    await waitFor(() => expect(text()).toBe('Draft'));
    server.fault({ kind: 'delay', ms: 100, on: { method: 'PATCH', path: PATH } });
    fireEvent.click(screen.getByRole('button'));
    expect(text()).toMatch(/^Mine/);
    await waitFor(() => expect(text()).toBe('Mine …'));
    await waitFor(() => expect(text()).toBe('Mine'));
    expect(view).toMatchObject({ status: 'idle', pending: false, error: undefined });
    expect(server.get<Article>(PATH)?.value.title).toBe('Mine');
  });

  test('sees what another component, or the handle, does', async () => {
    const { client, server } = scene();
    const article = client.resource<Article>(URL);
    render(<Editor client={client} />);
    await waitFor(() => expect(text()).toBe('Draft'));
    server.edit(PATH, (doc) => void Object.assign(doc, { title: 'Theirs' }));
    await act(() => article.get());
    expect(text()).toBe('Theirs');
  });

  test('has the same functions and the same value for as long as nothing changes', async () => {
    const { client } = scene();
    const { rerender } = render(<Editor client={client} />);
    await waitFor(() => expect(text()).toBe('Draft'));
    const before = view;
    rerender(<Editor client={client} />);
    expect(view).toEqual(before);
    expect(view.edit).toBe(before.edit);
    expect(view.value).toBe(before.value);
    expect(view.resource).toBe(before.resource);
  });

  test('takes a handle, too', async () => {
    const { client } = scene();
    const article = client.resource<Article>(URL);
    function Title({ of }: { of: Resource<Article> }) {
      return <p>{useResource(of).value?.title}</p>;
    }
    render(<Title of={article} />);
    await waitFor(() => expect(screen.getByText('Draft')).toBeTruthy());
  });

  test('stops listening when it is gone', async () => {
    const { client } = scene();
    const article = client.resource<Article>(URL);
    const leave = vi.fn();
    const spy = vi.spyOn(article, 'subscribe').mockImplementation(() => leave);
    function Title() {
      return <p>{useResource(article, { read: 'never' }).status}</p>;
    }
    const { unmount } = render(<Title />);
    unmount();
    expect(leave).toHaveBeenCalledTimes(spy.mock.calls.length);
    expect(spy).toHaveBeenCalled();
  });

  test('is told what an edit rejects with, until the next succeeds, whether or not it is awaited', async () => {
    const { client, server } = scene();
    render(<Editor client={client} />);
    await waitFor(() => expect(text()).toBe('Draft'));
    server.fault({ kind: 'status', status: 403, on: { method: 'PATCH', path: PATH } });
    fireEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(view.error).toMatchObject({ code: 'ERR_REFUSED', status: 403 }));
    expect(text()).toBe('Draft');
    fireEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(view.error).toBeUndefined());
    expect(text()).toBe('Mine');
  });

  test('is told what a read rejects with', async () => {
    const { client, server } = scene();
    server.remove(PATH);
    render(<Editor client={client} />);
    await waitFor(() => expect(view.error).toMatchObject({ response: { status: 404 } }));
    expect(view.status).toBe('gone');
  });

  test('has the conflicts that wait on the desk', async () => {
    const { client, server, desk } = scene();
    render(<Editor client={client} desk={desk} />);
    await waitFor(() => expect(text()).toBe('Draft'));
    server.edit(PATH, (doc) => void Object.assign(doc, { title: 'Theirs' }));
    fireEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(view.conflicts).toHaveLength(1));
    expect(view).toMatchObject({ status: 'conflicted', pending: true });
    const [session] = view.conflicts;
    act(() => session?.chooseAll('remote'));
    await act(async () => {
      await session?.submit();
    });
    expect(view.conflicts).toHaveLength(0);
    expect(text()).toBe('Theirs');
  });
});

class Boundary extends Component<{ children: ReactNode; onReset: () => void }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    if (this.state.error === undefined) return this.props.children;
    const again = () => {
      this.props.onReset();
      this.setState({ error: undefined });
    };
    return (
      <button type="button" onClick={again}>
        {String(this.state.error)}
      </button>
    );
  }
}

describe('with suspense', () => {
  function Title({ client }: { client: Client }) {
    const { value, status, resource } = useResource<Article>(client, URL, { suspense: true });
    return (
      <p data-status={status} data-url={resource.url}>
        {value.title}
      </p>
    );
  }

  test('waits for the first value, and reads once', async () => {
    const { client, reads } = scene();
    render(
      <StrictMode>
        <Suspense fallback={<i>loading</i>}>
          <Title client={client} />
        </Suspense>
      </StrictMode>,
    );
    expect(screen.getByText('loading')).toBeTruthy();
    await waitFor(() => expect(screen.getByText('Draft')).toBeTruthy());
    expect(reads()).toBe(1);
  });

  test('keeps the last value of what was deleted', async () => {
    const { client, server } = scene();
    render(
      <Suspense>
        <Title client={client} />
      </Suspense>,
    );
    await waitFor(() => expect(screen.getByText('Draft')).toBeTruthy());
    server.remove(PATH);
    await act(() =>
      client
        .resource(URL)
        .get()
        .catch(() => {}),
    );
    expect(screen.getByText('Draft').dataset.status).toBe('gone');
  });

  test('gives what the read met to the error boundary, from which preload() begins anew', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { client, server } = scene();
    server.fault({ kind: 'status', status: 403, on: { path: PATH } });
    const article = client.resource<Article>(URL);
    function OfHandle() {
      return <p>{useResource(article, { suspense: true }).value.title}</p>;
    }
    render(
      <Boundary onReset={() => void preload(article)}>
        <Suspense>
          <OfHandle />
        </Suspense>
      </Boundary>,
    );
    await waitFor(() => expect(screen.getByRole('button').textContent).toContain('403'));
    fireEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(screen.getByText('Draft')).toBeTruthy());
    vi.restoreAllMocks();
  });

  test('does not wait for what was loaded before', async () => {
    const { client, reads } = scene();
    const article = client.resource<Article>(URL);
    await preload(article);
    await preload(article);
    render(<Title client={client} />);
    expect(screen.getByText('Draft')).toBeTruthy();
    expect(reads()).toBe(1);
  });
});

describe('on a server', () => {
  test('renders what it is given, and is hydrated with it; the first edit is made from it', async () => {
    const { client, server, reads } = scene();
    const initial = await client.resource<Article>(URL).get();
    const html = renderToString(<Editor client={scene().client} initial={initial} />);
    expect(html).toContain('Draft');
    const fresh = client.extend({}); // it has read nothing yet
    const container = document.createElement('div');
    document.body.append(container);
    container.innerHTML = html;
    const complaints: unknown[] = [];
    const root = await act(async () =>
      hydrateRoot(container, <Editor client={fresh} initial={initial} />, {
        onRecoverableError: (error) => complaints.push(error),
      }),
    );
    expect(complaints).toEqual([]);
    expect(container.textContent).toBe('Draft');
    const before = reads();
    server.edit(PATH, (doc) => void Object.assign(doc, { tags: ['theirs'] }));
    await act(async () => {
      await view.edit((draft) => {
        draft.title = 'Mine';
      });
    });
    expect(server.get(PATH)?.value).toEqual({ title: 'Mine', tags: ['theirs'] });
    expect(container.textContent).toBe('Mine');
    expect(reads() - before).toBe(1);
    await act(async () => root.unmount());
    container.remove();
  });

  test('without that renders that nothing is known', () => {
    expect(renderToString(<Editor client={scene().client} />)).toContain('nothing yet');
  });
});
