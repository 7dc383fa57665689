import { setTimeout as pause } from 'node:timers/promises';
import type { Mishap, Passage } from './front.js';

/** A gateway's page: HTML, and as long as it likes. */
const page = (bytes = 200): string => `<!doctype html><title>Bad gateway</title>${'<p>sorry</p>'.repeat(bytes / 12)}`;

const says =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): Mishap =>
  ({ response }) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  };

/** Writes these bytes instead of an answer, and hangs up. */
const writes =
  (bytes: string): Mishap =>
  ({ socket }) => {
    socket.end(bytes);
  };

/** The commit happens first; then this. */
const after =
  (mishap: Mishap): Mishap =>
  async (passage) => {
    await passage.forward();
    await mishap(passage);
  };

const hangUp: Mishap = ({ socket }) => void socket.destroy();
const reset: Mishap = ({ socket }) => void socket.resetAndDestroy();
const never: Mishap = () => {};

/** The answer as it is, but for its body, of which this much arrives. */
const cutBody =
  (chunked: boolean): Mishap =>
  async ({ forward, response }) => {
    const { status, headers, body } = await forward();
    response.writeHead(status, chunked ? headers : { ...headers, 'content-length': body.byteLength });
    response.write(body.subarray(0, body.byteLength >> 1));
    await pause(5);
    response.destroy();
  };

/** The head arrives at once, and then a byte at a time, without end. */
const dribble: Mishap = async ({ forward, response, socket }) => {
  const { status, headers } = await forward();
  response.writeHead(status, headers);
  const timer = setInterval(() => response.write(' '), 10);
  socket.once('close', () => clearInterval(timer));
};

const falselyCoded: Mishap = async ({ forward, response }) => {
  const { status, headers } = await forward();
  response.writeHead(status, { ...headers, 'content-encoding': 'gzip' }).end('{"title":');
};

export interface FaultRow {
  readonly name: string;
  readonly mishap: Mishap;
  /** Nothing but the client's own timeout ends it. */
  readonly timesOut?: boolean;
  /** The head of the answer arrives: it says that the write landed, and as which version. */
  readonly told?: boolean;
}

/** The write is committed, and the client does not hear of it. */
export const COMMITTED: readonly FaultRow[] = [
  { name: 'the socket is closed before a byte of the answer', mishap: after(hangUp) },
  { name: 'the connection is reset before a byte of the answer', mishap: after(reset) },
  { name: 'the answer breaks off in its head', mishap: after(writes('HTTP/1.1 200 OK\r\nContent-Le')) },
  { name: 'something that is not HTTP comes back', mishap: after(writes('SSH-2.0-OpenSSH_9.6\r\n')) },
  { name: 'a hint comes, and then nothing more', mishap: after(writes('HTTP/1.1 103 Early Hints\r\n\r\n')) },
  {
    name: 'the head is longer than any head may be',
    mishap: after(writes(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`)),
  },
  { name: 'the body breaks off in the middle', mishap: cutBody(false), told: true },
  { name: 'the body breaks off between two chunks', mishap: cutBody(true), told: true },
  {
    name: 'the body says it is gzip, and is not',
    mishap: falselyCoded,
    told: true,
  },
  { name: 'the answer is a 500', mishap: after(says(500, '{"error":"after the commit"}')) },
  { name: 'the answer is a 502 with a page of 10 MB', mishap: after(says(502, page(10_000_000))) },
  { name: 'the answer is a 503 that asks for ten years', mishap: after(says(503, '', { 'retry-after': '315360000' })) },
  { name: 'the answer is a 504', mishap: after(says(504, page())) },
  { name: 'the answer is a 408', mishap: after(says(408, '')) },
  { name: 'the answer is a page with 200', mishap: after(says(200, page())) },
  { name: 'the answer is half a JSON text with 200', mishap: after(says(200, '{"title":"Mi')) },
  { name: 'no answer comes at all', mishap: after(never), timesOut: true },
  { name: 'the body comes a byte at a time and never ends', mishap: dribble, timesOut: true, told: true },
];

/** Nothing is committed. */
export const NOT_COMMITTED: readonly FaultRow[] = [
  { name: 'the socket is closed', mishap: hangUp },
  { name: 'the connection is reset', mishap: reset },
  { name: 'the answer is a 500', mishap: says(500, '') },
  { name: 'the answer is a 502 with a page of 10 MB', mishap: says(502, page(10_000_000)) },
  {
    name: 'the answer is a 503 with a date long past',
    mishap: says(503, '', { 'retry-after': 'Fri, 31 Dec 1999 23:59:59 GMT' }),
  },
  { name: 'the answer is a 504', mishap: says(504, page()) },
  { name: 'the answer is a 429', mishap: says(429, '') },
  { name: 'the answer is a 425', mishap: says(425, '') },
  { name: 'the answer is a sign-in page with 200', mishap: says(200, page()) },
  { name: 'no answer comes at all', mishap: never, timesOut: true },
];

/** The network delivers the request twice; what the client hears is the answer to the first, or to the second. */
export const twice =
  (heard: 'first' | 'second'): Mishap =>
  async ({ forward, answer }) => {
    const answers = { first: await forward(), second: await forward() };
    answer(answers[heard]);
  };

/** The request is held up until it is let go: long after the client has given it up. */
export function heldUp(): { readonly mishap: Mishap; readonly release: () => Promise<number> } {
  const held: Passage[] = [];
  return {
    mishap: (passage) => void held.push(passage),
    release: async () => {
      const [passage] = held;
      if (passage === undefined) throw new Error('Nothing was held up.');
      return (await passage.forward()).status;
    },
  };
}
