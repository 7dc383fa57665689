import { createConflictServer } from 'unconflict/testing';

/** What https://api.example.com has, in examples that do not bring a server of their own. */
const DOCUMENTS = {
  '/articles/1': { id: '1', title: 'Draft', tags: [], views: 0 },
};

/**
 * The network as an example meets it: a conflict server at https://api.example.com, the loopback interface as it is, and nothing else.
 *
 * @param real For the loopback interface.
 */
export function exampleNetwork(real: typeof fetch): typeof fetch {
  const server = createConflictServer();
  for (const [path, document] of Object.entries(DOCUMENTS)) server.seed(path, document);
  return async (input, init) => {
    const { hostname, href } = new URL(input instanceof Request ? input.url : input);
    if (hostname === 'api.example.com') return server.fetch(input, init);
    if (hostname === '127.0.0.1') return real(input, init);
    throw new Error(`An example asked for ${href}. Give it a conflict server's fetch, or use https://api.example.com.`);
  };
}
