import { createClient } from 'unconflict';
import type { ConflictServer } from 'unconflict/testing';
import type { HerdStrategy } from '../simulation/herd-strategies.js';

type Board = Record<string, string>;

/** A herd over real HTTP, and how its clients edit: this library, or a hand-made loop with somebody else's waits. */
export interface HttpHerd {
  readonly server: ConflictServer;
  readonly origin: string;
  /** The resource they all edit, each a member of its own. */
  readonly path: string;
  readonly clients: number;
  readonly edits: number;
}

export interface HttpHerdReport {
  /** Why edits failed. */
  readonly failures: readonly unknown[];
  readonly commits: number;
  readonly requests: number;
  /** ms, the median: what latency came to on this machine. */
  readonly roundTrip: number;
}

/** @param editor Makes one client: a function that makes one edit, resolves when it is on the server and rejects when it gave up. */
export async function runHttpHerd(
  { server, origin, path, clients, edits }: HttpHerd,
  editor: (origin: string, path: string, send: typeof fetch) => Editor,
): Promise<HttpHerdReport> {
  server.seed(path, {});
  const before = server.requests.length;
  const failures: unknown[] = [];
  const roundTrips: number[] = [];
  const send: typeof fetch = async (input, init) => {
    const sentAt = performance.now();
    const response = await fetch(input, init);
    roundTrips.push(performance.now() - sentAt);
    return response;
  };
  const work = Array.from({ length: clients }, async (_, client) => {
    const { edit, close } = editor(origin, path, send);
    for (let n = 0; n < edits; n += 1) {
      await edit(`f${client}-${n}`, `v${client}-${n}`).catch((error: unknown) => failures.push(error));
    }
    await close();
  });
  await Promise.all(work);
  const commits = Object.keys(server.get<Board>(path)?.value ?? {}).length;
  const roundTrip = roundTrips.toSorted((a, b) => a - b)[roundTrips.length >> 1] ?? 0;
  return { failures, commits, requests: server.requests.length - before, roundTrip };
}

export interface Editor {
  readonly edit: (name: string, value: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** With default options. */
export function ourEditor(origin: string, path: string, send: typeof fetch): Editor {
  const client = createClient({ prefix: origin, fetch: send });
  const board = client.resource<Board>(path);
  return {
    async edit(name, value) {
      await board.edit((draft) => {
        draft[name] = value;
      });
    },
    close: () => client.close(),
  };
}

/** What one writes by hand around `fetch`: read, write with If-Match, and on 412 wait as the strategy says. */
export function handMadeEditor(strategy: HerdStrategy): (origin: string, path: string, send: typeof fetch) => Editor {
  return (origin, path, send) => {
    const url = `${origin}${path}`;
    let version: string | null = null;
    const read = async (): Promise<void> => {
      const response = await send(url);
      await response.text();
      version = response.headers.get('etag');
    };
    return {
      async edit(name, value) {
        const startedAt = performance.now();
        for (let failures = 0; ; ) {
          if (version === null) await read();
          const headers = { 'content-type': 'application/merge-patch+json', 'if-match': version ?? '' };
          const response = await send(url, { method: 'PATCH', headers, body: JSON.stringify({ [name]: value }) });
          await response.text();
          version = response.ok ? response.headers.get('etag') : null;
          if (response.ok) return;
          failures += 1;
          const pause = strategy.pause(failures, Math.random);
          if (failures >= strategy.tries || performance.now() - startedAt + pause >= strategy.deadline) {
            throw new Error(`gave up after ${failures} tries`);
          }
          if (strategy.pauses === 'before the write') await read();
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      },
      close: async () => {},
    };
  };
}
