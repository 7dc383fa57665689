import type { Random } from '../../simulation/random.js';
import { below, pick } from '../../simulation/random.js';

/** How often what goes wrong, each from 0 to 1. */
export interface Trouble {
  readonly loseRequest: number;
  readonly loseAnswer: number;
  readonly cutAnswer: number;
  readonly errorBefore: number;
  readonly errorAfter: number;
  /** A write is answered with what does not say that it was made, whether or not it was. */
  readonly noReceipt: number;
  /** A read is answered with what is not the document. */
  readonly page: number;
}

const HTML = '<!doctype html><title>Sign in</title>';
const PAGE = { 'content-type': 'text/html' };
const NO_RECEIPTS: readonly [() => Response, ...(() => Response)[]] = [
  () => new Response(null, { status: 202 }),
  () => Response.json({ responses: [] }, { status: 207 }),
  () => new Response(HTML, { headers: { ...PAGE, etag: '"page"' } }),
  () => new Response(HTML, { headers: PAGE }),
  () => Response.json({ status: 'queued' }, { status: 202, headers: { etag: '"queued"' } }),
];

/** A `fetch` over a bad line, until it is `calm`. */
export function badLine(
  good: typeof fetch,
  { trouble, random, isCalm }: { readonly trouble: Trouble; readonly random: Random; readonly isCalm: () => boolean },
): typeof fetch {
  const happens = (chance: number): boolean => !isCalm() && random() < chance;
  return async (input, init) => {
    await pause(below(random, 30), input);
    if (happens(trouble.loseRequest)) throw new TypeError('fetch failed');
    if (happens(trouble.errorBefore)) return new Response('<h1>Bad gateway</h1>', { status: 503 });
    const isWrite = (input instanceof Request ? input.method : (init?.method ?? 'GET')) !== 'GET';
    if (happens(isWrite ? trouble.noReceipt / 2 : trouble.page)) return pick(random, NO_RECEIPTS)();
    const response = await good(input, init);
    await pause(below(random, 30), input);
    if (happens(trouble.loseAnswer)) throw new TypeError('fetch failed');
    if (isWrite && happens(trouble.noReceipt / 2)) return pick(random, NO_RECEIPTS)();
    if (happens(trouble.errorAfter)) return new Response('<h1>Bad gateway</h1>', { status: 502 });
    if (response.ok && response.body !== null && happens(trouble.cutAnswer)) {
      const { status, headers } = response;
      return new Response(brokenOff((await response.text()).slice(0, 9)), { status, headers });
    }
    return response;
  };
}

function brokenOff(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
    pull: (controller) => controller.error(new TypeError('terminated')),
  });
}

function pause(ms: number, input: RequestInfo | URL): Promise<void> {
  return new Promise((resolve, reject) => {
    const signal = input instanceof Request ? input.signal : undefined;
    const leave = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave);
      resolve();
    }, ms);
    signal?.addEventListener('abort', leave, { once: true });
  });
}
