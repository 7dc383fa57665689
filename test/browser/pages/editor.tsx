import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { ask, createClient } from 'unconflict';
import { useConflict, useResource } from 'unconflict/react';

interface Article {
  title: string;
  tags: string[];
}

const desk = ask({ labels: { '/title': 'Headline' } });

function Editor({ client }: { client: ReturnType<typeof createClient> }) {
  const { value, edit, status } = useResource<Article>(client, 'articles/1', { suspense: true });
  return (
    <>
      <h1>{value.title}</h1>
      <p data-testid="tags">{value.tags.join(' ')}</p>
      <output>{status}</output>
      <input
        aria-label="Title"
        value={value.title}
        onChange={({ target }) =>
          edit((draft) => {
            draft.title = target.value;
          })
        }
      />
      <button
        type="button"
        onClick={() =>
          edit((draft) => {
            draft.tags.push('mine');
          })
        }
      >
        Tag
      </button>
    </>
  );
}

function Dialog() {
  const conflict = useConflict(desk);
  if (conflict === undefined) return null;
  return (
    <form aria-label="Conflict">
      {conflict.conflicts.map(({ basePath, label, local, remote }) => (
        <fieldset key={basePath}>
          <legend>{label}</legend>
          <button type="button" onClick={() => conflict.choose(basePath, 'local')}>
            Mine: {local.present && String(local.value)}
          </button>
          <button type="button" onClick={() => conflict.choose(basePath, 'remote')}>
            Theirs: {remote.present && String(remote.value)}
          </button>
        </fieldset>
      ))}
      <button type="button" disabled={!conflict.ready} onClick={() => conflict.submit()}>
        Save
      </button>
    </form>
  );
}

/** Shows an editor of the article on this server, and the dialog for its conflicts. */
export function show(api: string): void {
  const client = createClient({ prefix: api, defaults: { resolve: desk } });
  const container = document.createElement('main');
  document.body.append(container);
  createRoot(container).render(
    <StrictMode>
      <Suspense fallback={<p>Loading</p>}>
        <Editor client={client} />
      </Suspense>
      <Dialog />
    </StrictMode>,
  );
}
