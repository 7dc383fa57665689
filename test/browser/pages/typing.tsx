import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient, type Draft } from 'unconflict';
import { useDraft } from 'unconflict/react';

interface Letter {
  title: string;
  body: string;
  seen: number;
}

let draft: Draft<Letter> | undefined;
let questions = 0;

function Editor({ client }: { client: ReturnType<typeof createClient> }) {
  const letter = useDraft<Letter>(client, 'letters/1', {
    // A machine that stands still for 500 ms counts as a person who pauses.
    autosave: { after: 500, atMost: 200 },
    onConflict: () => {
      questions += 1;
      return 'local';
    },
  });
  draft = letter.draft;
  if (letter.value === undefined) return <p>Loading</p>;
  return (
    <form>
      {(['title', 'body'] as const).map((name) => (
        <textarea
          key={name}
          aria-label={name}
          value={letter.value?.[name]}
          onChange={({ target }) => letter.set(`/${name}`, target.value)}
        />
      ))}
      <p data-testid="seen">{letter.value.seen}</p>
      <output>{letter.status}</output>
    </form>
  );
}

/** Shows a letter that saves itself. */
export function show(api: string): void {
  const client = createClient({ prefix: api, retry: 0, defaults: { retry: { minDelay: 5, maxDelay: 50 } } });
  const container = document.createElement('main');
  document.body.append(container);
  createRoot(container).render(
    <StrictMode>
      <Editor client={client} />
    </StrictMode>,
  );
}

/** Saves until nothing is owed. */
export async function finish(): Promise<{ status: string | undefined; questions: number }> {
  for (let tries = 0; tries < 50 && draft?.status !== 'clean'; tries++) {
    await draft?.save().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { status: draft?.status, questions };
}
