import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.js';
import { exchange, type Line } from './exchange.js';
import { decodeBody, type RequestBody, toServerRequest } from './request.js';

/** Where a server listens. */
export interface ListenOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default 127.0.0.1: this machine only. */
  readonly host?: string;
}

/** A conflict server on a port. */
export interface Port {
  /** Without a slash at its end: `http://127.0.0.1:49152`. */
  readonly url: string;
  readonly port: number;
  /** Breaks every connection, kept-alive ones too, and resolves when the port is free. */
  close(): Promise<void>;
}

export async function openPort(line: Line, { port = 0, host = '127.0.0.1' }: ListenOptions): Promise<Port> {
  const { createServer } = await loadHttp();
  const server = createServer((request, response) => {
    serve(line, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const open = typeof address === 'object' && address !== null ? address.port : port;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${open}`,
    port: open,
    close: () => {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

async function loadHttp(): Promise<typeof import('node:http')> {
  try {
    return await import('node:http');
  } catch (cause) {
    throw new Error('server.listen() needs Node. In a browser, hand server.fetch to the client instead.', { cause });
  }
}

async function serve(line: Line, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = new Headers();
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    headers.append(request.rawHeaders[i] ?? '', request.rawHeaders[i + 1] ?? '');
  }
  const url = targetOf(request.url ?? '/');
  if (!url) {
    response.writeHead(400, { 'Content-Length': '0', Connection: 'close' }).end();
    return;
  }
  const body = await readBody(request, line.settings.maxBody);
  if (!body) return;
  const result = await exchange(line, toServerRequest(request.method ?? 'GET', url, headers, body));
  if (result.delivery === 'lost') request.socket.destroy();
  else await send(response, result.answer, { cut: result.delivery === 'cut', last: body.kind === 'too-large' });
}

/** A request target in origin form or absolute form (RFC 9112, section 3.2); undefined for anything else. */
function targetOf(target: string): URL | undefined {
  const text = target.startsWith('/') ? `http://conflict.test${target}` : target;
  return /^https?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}

/** Stops reading once a body is too long. Undefined: the client hung up before its end, and nobody is left to answer. */
async function readBody(request: IncomingMessage, maxBody: number): Promise<RequestBody | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes: Uint8Array = chunk;
      length += bytes.byteLength;
      if (length > maxBody) return { kind: 'too-large' };
      chunks.push(bytes);
    }
  } catch {
    return undefined;
  }
  return decodeBody(Buffer.concat(chunks), maxBody);
}

async function send(
  response: ServerResponse,
  answer: Answer,
  { cut, last }: { cut: boolean; last: boolean },
): Promise<void> {
  const text = answer.body ?? '';
  const bytes = answer.headers.get('Content-Encoding') === 'gzip' ? await gzip(text) : Buffer.from(text);
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (last) response.setHeader('Connection', 'close');
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('Content-Length', bytes.byteLength);
  response.writeHead(answer.status);
  if (cut) response.write(bytes.subarray(0, bytes.byteLength >> 1), () => response.destroy());
  else response.end(bytes);
}

async function gzip(text: string): Promise<Buffer> {
  const coded = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return Buffer.from(await new Response(coded).arrayBuffer());
}
