import { createConflictServer, lostAnswer } from 'unconflict/testing';

const PATH = '/articles/engines';

/** The package's own conflict server, on a loopback port: what happens on it can be arranged. */
export async function openEmbedded() {
  const server = createConflictServer();
  const port = await server.listen();
  return {
    about: ['on the embedded conflict server: ETag, If-Match, JSON Patch', port.url],
    url: `${port.url}${PATH}`,
    options: {},
    /** By what a chapter needs: why it cannot be had here. */
    cannot: {},
    connect: () => ({ fetch, loseNextAnswer: () => lostAnswer(server, PATH) }),
    lock: (options) => server.lock(PATH, options),
    refuse: (rule) => server.refuse(PATH, rule),
    read: async () => server.get(PATH).value,
    history: async () => server.history(PATH).map(({ value }) => value),
    close: () => server.close(),
  };
}
