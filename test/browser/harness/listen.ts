import { createServer, type RequestListener } from 'node:http';

/** Something that answers on a loopback port. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Answers on a free loopback port until it is closed; closing breaks what is still open. */
export async function listen(answer: RequestListener): Promise<Listening> {
  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server got no TCP port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
