/** What a user's program does with the package: a conflict, resolved, over a real port where there is one. */
export const STORY = `
import { counter, createClient } from 'unconflict';
import { conflictOnce, createConflictServer } from 'unconflict/testing';

const server = createConflictServer();
server.seed('/articles/1', { title: 'Draft', tags: [], views: 1 });
const { url } = await server.listen();
const client = createClient({ prefix: url, resources: { '/articles/:id': { merge: { '/views': counter() } } } });
conflictOnce(server, '/articles/1', (article) => {
  article.title = 'Ada was faster';
  article.views += 1;
});
const saved = await client.resource('articles/1').edit((draft) => {
  draft.tags.push('http');
  draft.views += 1;
});
console.log(JSON.stringify(saved.value), saved.attempts, saved.rebased);
await client.close();
await server.close();
`;

/** What it prints. */
export const TOLD = '{"title":"Ada was faster","tags":["http"],"views":3} 2 true\n';
