import {
  type ConflictAnswer,
  counter,
  createClient,
  type DeepReadonly,
  isUnconflictError,
  type ResourceOptions,
  text,
} from 'unconflict';

export interface Article {
  title: string;
  body: string;
  tags: string[];
  views: number;
}

export interface Told {
  readonly value: DeepReadonly<Article>;
  readonly version: string | undefined;
  readonly attempts: number;
  readonly rebased: boolean;
  readonly events: readonly string[];
}

const events: string[] = [];
const client = createClient({
  defaults: { merge: { '/body': text(), '/views': counter() }, retry: { minDelay: 1, maxDelay: 5 } },
});
client.on(({ type }) => events.push(type));

/** Reads the article. */
export async function read(url: string): Promise<DeepReadonly<Article>> {
  const { value } = await client.resource<Article>(url).get();
  return value;
}

/** Writes what differs from what was read last; `answer` is what the resolver says where both sides changed one thing. */
export async function save(
  url: string,
  changes: Partial<Article>,
  answer?: ConflictAnswer<Article>,
  options: ResourceOptions<Article> = {},
): Promise<Told> {
  events.length = 0;
  const { value, version, attempts, rebased } = await client
    .resource<Article>(url, options)
    .edit((draft) => void Object.assign(draft, changes), { resolve: () => answer });
  return { value, version, attempts, rebased, events: [...events] };
}

/** Adds to a list and a counter, name after name, as fast as it goes. */
export async function addEach(url: string, names: readonly string[]): Promise<void> {
  const article = client.resource<Article>(url);
  for (const name of names) {
    await article.edit((draft) => {
      draft.tags.push(name);
      draft.views += 1;
    });
  }
}

/** The code and the message of the error that a change ends in. */
export async function failure(url: string, changes: Partial<Article>): Promise<{ code: string; message: string }> {
  try {
    await save(url, changes);
  } catch (error) {
    if (isUnconflictError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('The write went through.');
}

/** Names of the locks that tabs of this origin hold and wait for. */
export async function locksOf(): Promise<{ held: string[]; pending: string[] }> {
  const { held = [], pending = [] } = await navigator.locks.query();
  const names = (locks: readonly LockInfo[]): string[] => locks.map(({ name = '' }) => name);
  return { held: names(held), pending: names(pending) };
}
