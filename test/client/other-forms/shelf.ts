import type { ClientOptions, Resource, ResourceOptions } from 'unconflict';
import type { ConflictServerOptions } from 'unconflict/testing';
import type { RealScene } from '../real-http.js';
import { realScene } from '../real-http.js';
import { PATH } from '../support.js';

/** A document with a place for everything that servers keep in another form. */
export interface Shelf {
  title: string;
  price: number;
  tags: string[];
  items: { id?: string; name: string; price?: number }[];
}

export const SHELF: Shelf = {
  title: 'shelf',
  price: 1,
  tags: ['b', 'd'],
  items: [{ id: 'first', name: 'ink', price: 2 }],
};

/** In which form it is written. */
export const FORMS = ['json-patch', 'merge-patch', 'put'] as const;

export interface ShelfScene extends RealScene {
  readonly shelf: Resource<Shelf>;
  readonly kept: () => Shelf;
}

/** One shelf on a server that keeps things its own way, a client of it through real sockets, and nobody else. */
export async function shelfScene(
  server: ConflictServerOptions,
  options: ResourceOptions<Shelf> = {},
  client: ClientOptions = {},
): Promise<ShelfScene> {
  const on = await realScene(server, client);
  on.server.seed(PATH, SHELF);
  return { ...on, shelf: on.client.resource<Shelf>(PATH, options), kept: () => on.now() as Shelf };
}
