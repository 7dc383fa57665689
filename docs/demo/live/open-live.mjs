import { createServer } from 'node:http';
import { createConflictServer } from 'unconflict/testing';
import { openDesk } from './desk.mjs';
import { fileAnswer } from './files.mjs';
import { forward } from './forward.mjs';

/** Opens the demo on one port: the page, the article at /api/…, and the desk whose buttons make the server difficult. */
export async function openLive({ port = 0, host = '127.0.0.1' } = {}) {
  // Every request takes a while, so that what happens can be seen happening.
  const backend = createConflictServer({ latency: 60 });
  const { url: origin } = await backend.listen();
  const desk = openDesk(backend);

  const server = createServer(async (request, response) => {
    // A connection for each request. On a kept one, Chromium sends a write again by itself when its answer is lost, and only the
    // second answer is seen: of the lost one nothing would be left to show.
    response.shouldKeepAlive = false;
    const { pathname } = new URL(request.url ?? '/', 'http://demo.test');
    if (pathname.startsWith('/api/')) {
      if (desk.offline) request.socket.destroy();
      else forward(new URL(pathname.slice('/api'.length), origin), request, response);
      return;
    }
    const answer = pathname.startsWith('/desk') ? desk.answer(request.method, pathname) : await fileAnswer(pathname);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise((resolve, reject) => {
    server.once('error', (error) => backend.close().then(() => reject(error)));
    server.listen(port, host, resolve);
  });
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${server.address().port}/`,
    /** The conflict server behind it. */
    backend,
    close: async () => {
      await backend.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
