import { expect, vi } from 'vitest';
import type { Client, ClientOptions, Outbox, OutboxOptions, OutboxStorage, Resource } from '../../src/index.js';
import { createClient } from '../../src/index.js';
import { memory, outbox } from '../../src/outbox/index.js';
import type { ConflictServer } from '../../src/testing/index.js';
import { createConflictServer } from '../../src/testing/index.js';

export interface Doc {
  title: string;
  tags: string[];
  views: number;
}

export type Recipe = (doc: Doc) => void;

export interface World {
  readonly server: ConflictServer;
  /** It outlives clients. */
  readonly storage: OutboxStorage;
  /** `write` is asked before each write. */
  readonly net: { write?: (() => Promise<Response | undefined>) | undefined };
  open(
    own?: ClientOptions,
    kept?: OutboxStorage,
    more?: Partial<OutboxOptions>,
  ): { readonly waiting: Outbox; readonly client: Client; readonly doc: Resource<Doc> };
  /** Leaves an edit behind. */
  leave(recipe: Recipe, own?: ClientOptions): Promise<void>;
  value(): Doc | undefined;
}

/** A server, a storage, and clients one after the other. */
export function world(): World {
  const server = createConflictServer();
  server.seed('/doc', { title: 'Draft', tags: ['a'], views: 0 });
  const storage = memory();
  const net: World['net'] = {};
  const open: World['open'] = (own = {}, kept = storage, more = {}) => {
    const waiting = outbox({ storage: kept, owner: 'ada', ...more });
    const client = createClient({
      prefix: server.origin,
      outbox: waiting,
      ...own,
      async fetch(input, init) {
        const request = new Request(input, init);
        const met = request.method === 'GET' ? undefined : await net.write?.();
        return met ?? server.fetch(request);
      },
    });
    return { waiting, client, doc: client.resource<Doc>('doc') };
  };
  const leave: World['leave'] = async (recipe, own) => {
    const keys = await storage.keys();
    const { waiting, doc, client } = open(own);
    await doc.get();
    waiting.pause();
    doc.edit(recipe).catch(() => {});
    await vi.waitFor(async () => expect(await storage.keys()).toHaveLength(keys.length + 1));
    await client.close();
  };
  return { server, storage, net, open, leave, value: () => server.get<Doc>('/doc')?.value };
}

export const push =
  (tag: string): Recipe =>
  (doc) => {
    doc.tags.push(tag);
  };
export const retitle =
  (title: string): Recipe =>
  (doc) => {
    doc.title = title;
  };
export const count: Recipe = (doc) => {
  doc.views += 1;
};
export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
