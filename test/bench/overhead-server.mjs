import { createServer } from 'node:http';

/** Answers with one document, in a process of its own: what is measured is the client. `/handle` and `/known` take JSON Patches of their `views`, each a new version. */
const textOf = (views) => JSON.stringify({ title: 'An article', body: 'text '.repeat(60), tags: ['a', 'b'], views });
const fixed = textOf(1);
const views = { '/handle': 1, '/known': 1 };
let version = 1;
const server = createServer((request, response) => {
  const { url = '' } = request;
  const isKept = url in views;
  let sent = '';
  request.on('data', (chunk) => {
    if (isKept) sent += chunk;
  });
  request.on('end', () => {
    if (request.method !== 'GET') version += 1;
    if (sent !== '') views[url] = JSON.parse(sent)[0].value;
    const body = isKept ? textOf(views[url]) : fixed;
    const tag = isKept ? `"views-${views[url]}"` : url === '/fixed' ? '"fixed"' : `"${version}"`;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      etag: tag,
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()?.port));
process.on('disconnect', () => process.exit());
