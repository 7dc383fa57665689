import { type Client, createClient, type Resource, type ResourceOptions } from 'unconflict';
import { expect } from 'vitest';
import { type LosingFetch, losingFetch } from './losing-fetch.js';
import type { RunningServer } from './server.js';

/** What two people write at once. Flat, because a table knows nothing else. */
export interface Article {
  title: string;
  text: string;
  views: number;
}

/** A server, and what a user of it would configure. */
export interface Subject {
  readonly name: string;
  readonly start: () => Promise<RunningServer>;
  readonly options: ResourceOptions<Article>;
  /** Members that this server wants in every document of this name: keys, partitions. */
  readonly required?: (name: string) => Readonly<Record<string, string>>;
  /** Takes the server's lock on a document; gives back how to release it. */
  readonly lock?: (server: RunningServer, name: string) => Promise<() => Promise<void>>;
}

/** One open document as one user sees it: own client, own connection. */
export interface Seat {
  readonly client: Client;
  readonly network: LosingFetch;
  readonly article: Resource<Article>;
}

/** Where users of one server sit down. */
export interface Table {
  readonly server: RunningServer;
  draft(name: string): Article;
  /** A user who has read nothing yet. */
  sit(name: string, options?: ResourceOptions<Article>): Seat;
  /** Creates the document; `count` users have read its first state. */
  seats(name: string, count: number, options: ResourceOptions<Article>): Promise<Seat[]>;
  /** Ann and Ben, who have both read the first state. The options are Ben's. */
  pair(name: string, options?: ResourceOptions<Article>): Promise<{ ann: Seat; ben: Seat }>;
  /** The document on the server, read without the library; undefined when there is none. */
  stored(name: string): Promise<unknown>;
  clear(): Promise<void>;
}

export async function setTable(subject: Subject): Promise<Table> {
  const server = await subject.start();
  const clients: Client[] = [];
  const draft = (name: string): Article => ({ title: 'Draft', text: 'First', views: 0, ...subject.required?.(name) });

  const sit = (name: string, options: ResourceOptions<Article> = {}): Seat => {
    const network = losingFetch(server.fetch);
    const client = createClient({ fetch: network.fetch });
    clients.push(client);
    return { client, network, article: client.resource(server.documentUrl(name), { ...subject.options, ...options }) };
  };
  const reader = async (name: string, options: ResourceOptions<Article>): Promise<Seat> => {
    const seat = sit(name, options);
    await seat.article.get();
    return seat;
  };

  return {
    server,
    draft,
    sit,
    async seats(name, count, options) {
      await sit(name).article.create(draft(name));
      return Promise.all(Array.from({ length: count }, () => reader(name, options)));
    },
    async pair(name, options = {}) {
      await sit(name).article.create(draft(name));
      return { ann: await reader(name, {}), ben: await reader(name, options) };
    },
    async stored(name) {
      const answer = await server.fetch(server.documentUrl(name));
      if (answer.status === 404) return undefined;
      expect(answer.status).toBe(200);
      return answer.json();
    },
    async clear() {
      await Promise.all(clients.map((client) => client.close()));
      await server.stop();
    },
  };
}
