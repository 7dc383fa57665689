import type {
  Client,
  ClientOptions,
  ConflictContext,
  ConflictResolver,
  Draft,
  DraftOptions,
  Resource,
} from 'unconflict';
import { createClient, preload } from 'unconflict';
import type { ConflictServer, ConflictServerOptions, RequestRecord } from 'unconflict/testing';
import { createConflictServer } from 'unconflict/testing';
import { chunk } from '../../../src/client/chunks.js';
import { doorOf } from '../../../src/client/create-client.js';
import { chunks } from '../../../src/client/lazy.js';

// Some of these tests move the clock by themselves, and nothing fetched comes any faster by that.
await preload();

export interface Article {
  title: string;
  body: string;
  tags: string[];
  items: { id: number; text: string }[];
  notes: { id?: string; text: string }[];
  views?: number;
}

export const PATH = '/articles/1';
export const ARTICLE: Article = {
  title: 'Draft',
  body: 'Text',
  tags: ['a'],
  items: [{ id: 1, text: 'one' }],
  notes: [],
};

export interface Writing {
  readonly server: ConflictServer;
  readonly client: Client;
  readonly resource: Resource<Article>;
  readonly draft: Draft<Article>;
  /** What the resolver was asked. */
  readonly asked: ConflictContext<Article>[];
  readonly writes: () => readonly RequestRecord[];
  /** What the server has now. */
  readonly now: () => Article;
  /** Somebody else changes the article. */
  readonly other: (change: (article: Article) => void) => void;
  readonly type: (path: keyof Article & string, text: string) => void;
}

export interface WritingOptions extends DraftOptions<Article> {
  readonly server?: ConflictServerOptions;
  readonly client?: ClientOptions;
  /** What the resolver answers; without it there is none. */
  readonly answer?: ConflictResolver<Article>;
  /** The rest of the draft's code is not there yet. */
  readonly early?: boolean;
}

/** A draft of an article that was read, and the server it is on. */
export async function writing({
  server: own = {},
  client: more,
  answer,
  early,
  ...options
}: WritingOptions = {}): Promise<Writing> {
  const server = createConflictServer(own);
  server.seed(PATH, ARTICLE);
  const asked: ConflictContext<Article>[] = [];
  const client = clientOf(early === true, {
    prefix: server.origin,
    fetch: server.fetch,
    retry: 0,
    ...more,
    defaults: { ...more?.defaults, retry: { minDelay: 0, maxDelay: 1, ...more?.defaults?.retry } },
  });
  const resource = client.resource<Article>(PATH.slice(1));
  await resource.get();
  const onConflict: ConflictResolver<Article> = (context) => {
    asked.push(context);
    return answer?.(context);
  };
  const draft = resource.draft({ ...(answer && { onConflict }), ...options });
  if (early !== true) await draft.save();
  const other = (change: (article: Article) => void): void => void server.edit<Article>(PATH, (doc) => change(doc));
  return {
    server,
    client,
    resource,
    draft,
    asked,
    other,
    writes: () => server.requests.filter(({ method }) => method !== 'GET'),
    now: () => {
      const value: unknown = server.get(PATH)?.value;
      return value as Article;
    },
    type: (path, text) => {
      for (const letter of text) draft.change((doc) => void Object.assign(doc, { [path]: `${doc[path]}${letter}` }));
    },
  };
}

/** A client whose drafts have to wait for their code, or one as everybody has it. */
function clientOf(early: boolean, options: ClientOptions): Client {
  if (!early) return createClient(options);
  const draft = chunk(async () => {
    await new Promise((resolve) => setTimeout(resolve));
    return chunks.draft.load();
  });
  return doorOf(options, { ...chunks, draft }).client;
}
