import { createClient, EditError, isUnconflictError } from 'unconflict';

export interface Article {
  title: string;
  views: number;
}

const client = createClient();

/** Reads the article, which asks for the code of writes in the background. */
export async function read(url: string): Promise<Article> {
  return (await client.resource<Article>(url).get()).value;
}

/** What an edit ended in, and what a person saw meanwhile and sees afterwards. */
export interface Outcome {
  readonly shownAtOnce: Article | undefined;
  readonly shownAfter: Article | undefined;
  /** Undefined: it landed. */
  readonly code: string | undefined;
  /** What the error holds of the edit. */
  readonly wanted: unknown;
}

/** @param deadline ms */
export async function retitle(url: string, title: string, deadline: number): Promise<Outcome> {
  const article = client.resource<Article>(url, { retry: { deadline, minDelay: 1, maxDelay: 5 } });
  const editing = article.edit((draft) => {
    draft.title = title;
  });
  const shownAtOnce = article.value;
  try {
    await editing;
    return { shownAtOnce, shownAfter: article.value, code: undefined, wanted: undefined };
  } catch (error) {
    if (!isUnconflictError(error)) throw error;
    const wanted = error instanceof EditError ? error.edit.local : undefined;
    return { shownAtOnce, shownAfter: article.value, code: error.code, wanted };
  }
}
