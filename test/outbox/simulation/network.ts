import type { Proc } from './proc.js';
import type { World } from './world.js';

/** One process's way to the server. What it loses, and when, is chance. */
export function networkOf(world: World, proc: Proc): typeof fetch {
  const { book, climate, time, server } = world;
  const pause = (): Promise<void> => time.wait(world.isCalm ? 1 : world.some(climate.latency + 1));

  const carry = async (request: Request, sentAt: number): Promise<Response> => {
    const { pathname: path } = new URL(request.url);
    const { method, headers } = request;
    const isWrite = method !== 'GET';
    const body = isWrite && method !== 'DELETE' ? await request.text() : undefined;
    headers.set('x-sim', `${proc.name}:${sentAt}`);
    if (proc.mayDie(`before ${method} ${path}`)) return never();
    const isLost = world.happens(climate.losses);
    if (isWrite)
      book.tell(`${proc.name} sends ${method} ${path} ${headers.get('if-match') ?? ''}${isLost ? ', lost' : ''}`);
    await pause();
    // What was on its way when its process died arrives, or does not.
    if (isLost || (!proc.isAlive && world.random() < 0.5)) throw new TypeError('fetch failed');
    // It may be late: its client has given up by now.
    if (request.signal.aborted && world.random() < 0.5) throw new TypeError('fetch failed');
    const instead = isWrite ? weatherOf(world, path) : undefined;
    if (instead !== undefined && !instead.commits) return told(instead.status);
    const once = (): Promise<Response> =>
      server.fetch(request.url, { method, headers, ...(body === undefined ? {} : { body }) });
    const response = await once();
    // A network that delivers twice.
    if (isWrite && world.happens(climate.losses / 4)) await once();
    book.sync(path);
    if (proc.mayDie(`with the answer to ${method} ${path} on its way`)) return never();
    if (isWrite) book.tell(`server answers ${response.status} to ${proc.name}`);
    await pause();
    if (!proc.isAlive) return never();
    if (world.happens(climate.losses)) {
      book.tell(`the answer to ${proc.name} is lost`);
      throw new TypeError('fetch failed');
    }
    // An answer that tells nothing is the worst to die with.
    const risk = instead === undefined ? 1 : 5;
    if (climate.crashes > 0) time.at(0, () => proc.mayDie(`with the answer to ${method} ${path} in hand`, risk));
    if (instead !== undefined) return told(instead.status);
    return response;
  };

  return async (input, init) => {
    if (!proc.isAlive) return never();
    const request = new Request(input, init);
    const { signal } = request;
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      carry(request, book.tick()).then(resolve, reject);
    });
  };
}

function weatherOf(world: World, path: string): { readonly status: number; readonly commits: boolean } | undefined {
  const found = world.weather.get(path) ?? world.weather.get('*');
  return found !== undefined && found.until > world.time.now ? found : undefined;
}

function told(status: number): Response {
  return Response.json({ title: `Status ${status}` }, { status });
}

function never(): Promise<never> {
  return new Promise(() => {});
}
