// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider, useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { type ReactNode, StrictMode, Suspense } from 'react';
import { createClient, type DeepReadonly, preload, type Resource } from 'unconflict';
import { mutationOptions, queryOptions } from 'unconflict/tanstack-query';
import { createConflictServer } from 'unconflict/testing';
import { afterEach, beforeAll, expect, expectTypeOf, test } from 'vitest';

interface Article {
  title: string;
  tags: string[];
}

Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true);
// Fetched by `import()`, which takes a second when it is cold: as long as Testing Library waits.
beforeAll(preload);
afterEach(cleanup);

function scene() {
  const server = createConflictServer();
  server.seed('/articles/1', { title: 'Draft', tags: [] });
  const client = createClient({ prefix: server.origin, fetch: server.fetch, retry: 0 });
  return { server, article: client.resource<Article>('articles/1') };
}

const shown = (children: ReactNode) =>
  render(
    <StrictMode>
      <QueryClientProvider client={new QueryClient()}>
        <Suspense fallback="loading">{children}</Suspense>
      </QueryClientProvider>
    </StrictMode>,
  );

test('useQuery and useMutation take the options as they are, and show edit and merge', async () => {
  const { server, article } = scene();
  function Editor({ of }: { of: Resource<Article> }) {
    const { data } = useQuery(queryOptions(of));
    expectTypeOf(data).toEqualTypeOf<DeepReadonly<Article> | undefined>();
    const { mutate, isPending } = useMutation(mutationOptions(of));
    const retitle = () =>
      mutate((draft) => {
        draft.title = 'Mine';
      });
    return (
      <button type="button" onClick={retitle}>
        {data === undefined ? 'nothing yet' : `${data.title} ${data.tags.join()}`}
        {isPending ? '…' : ''}
      </button>
    );
  }
  shown(<Editor of={article} />);
  await waitFor(() => expect(screen.getByRole('button').textContent).toBe('Draft '));
  server.edit('/articles/1', (doc) => void Object.assign(doc, { tags: ['theirs'] }));
  fireEvent.click(screen.getByRole('button'));
  await waitFor(() => expect(screen.getByRole('button').textContent).toBe('Mine theirs'));
  expect(server.get('/articles/1')?.value).toEqual({ title: 'Mine', tags: ['theirs'] });
});

test('useSuspenseQuery does, too', async () => {
  const { article } = scene();
  function Title({ of }: { of: Resource<Article> }) {
    const { data } = useSuspenseQuery(queryOptions(of));
    expectTypeOf(data).toEqualTypeOf<DeepReadonly<Article>>();
    return <h1>{data.title}</h1>;
  }
  shown(<Title of={article} />);
  await waitFor(() => expect(screen.getByRole('heading').textContent).toBe('Draft'));
});
