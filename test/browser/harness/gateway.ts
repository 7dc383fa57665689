import { type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { createGzip } from 'node:zlib';
import { type Listening, listen } from './listen.js';

/** What a gateway does to the answers that pass through it. */
export interface GatewayOptions {
  /** `Access-Control-Expose-Headers`; undefined takes the header out, as a server does that never heard of it. */
  readonly expose?: string;
  /** Compresses, and weakens the tag as RFC 9110 wants it then (nginx). */
  readonly gzip?: boolean;
}

/** A gateway on a port of its own, in front of a server that answers with CORS headers. */
export const startGateway = (origin: string, options: GatewayOptions): Promise<Listening> =>
  listen((request, response) => pass(origin, options, request, response));

function pass(
  origin: string,
  { expose, gzip }: GatewayOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method, headers } = request;
  const onward = send(new URL(request.url ?? '/', origin), { method, headers }, (answer) => {
    const given = { ...answer.headers };
    delete given['access-control-expose-headers'];
    if (expose !== undefined) given['access-control-expose-headers'] = expose;
    const compress =
      gzip === true && /gzip/.test(String(headers['accept-encoding'])) && given['content-length'] !== '0';
    if (!compress || answer.statusCode === 204) {
      response.writeHead(answer.statusCode ?? 502, given);
      answer.pipe(response);
      return;
    }
    delete given['content-length'];
    const tag = given.etag === undefined ? {} : { etag: given.etag.replace(/^"/, 'W/"') };
    response.writeHead(answer.statusCode ?? 502, { ...given, ...tag, 'content-encoding': 'gzip' });
    answer.pipe(createGzip()).pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
