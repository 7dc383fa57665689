import type { ClientOptions, ConflictDesk, ConflictSession, Resource, ResourceOptions } from 'unconflict';
import { ask, createClient } from 'unconflict';
import type { ConflictServer } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';

export interface Article {
  title: string;
  body: string;
  tags: string[];
}

export const PATH = '/articles/1';
export const DRAFT: Article = { title: 'Draft', body: 'Text', tags: ['a'] };

export function retitle(draft: Article): void {
  draft.title = 'Mine';
}

export interface Scene {
  readonly server: ConflictServer;
  readonly desk: ConflictDesk;
  readonly article: Resource<Article>;
  /** Another handle on the article, as after a reload. */
  readonly fresh: (options?: ResourceOptions<Article>) => Resource<Article>;
  readonly elsewhere: (change: Partial<Article>) => void;
  readonly now: () => unknown;
  /** The first session, once there is one. */
  readonly session: () => Promise<ConflictSession>;
}

/** An article whose conflicts come to a desk. */
export function scene(
  options: ResourceOptions<Article> = {},
  desk: ConflictDesk = ask(),
  client: ClientOptions = {},
): Scene {
  const server = createConflictServer();
  server.seed(PATH, DRAFT);
  const fresh: Scene['fresh'] = (own = {}) =>
    createClient({
      prefix: server.origin,
      fetch: server.fetch,
      retry: 0,
      ...client,
      defaults: { retry: { minDelay: 0, maxDelay: 1 } },
    }).resource<Article>(PATH.slice(1), own);
  const session: Scene['session'] = () =>
    new Promise((resolve) => {
      const look = (): void => {
        const [first] = desk.sessions;
        if (first === undefined) return;
        leave();
        resolve(first);
      };
      const leave = desk.subscribe(look);
      look();
    });
  return {
    server,
    desk,
    fresh,
    session,
    article: fresh({ resolve: desk, ...options }),
    elsewhere: (change) => void server.edit(PATH, (doc) => Object.assign(doc, change)),
    now: () => server.get(PATH)?.value,
  };
}

/** The scene, read once, with both sides having changed the title (and the tags untouched). */
export async function collision(
  ...given: Parameters<typeof scene>
): Promise<Scene & { readonly saved: Promise<unknown> }> {
  const at = scene(...given);
  await at.article.get();
  at.elsewhere({ title: 'Theirs', body: 'Their text' });
  const saved = at.article
    .edit((draft) => {
      draft.title = 'Mine';
      draft.tags.push('mine');
    })
    .catch((error: unknown) => error);
  await at.session();
  return { ...at, saved };
}
