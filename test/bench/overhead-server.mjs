import { createServer } from 'node:http';

/** Answers everything with one document and a new version after each write, in a process of its own: what is measured is the client. */
const body = JSON.stringify({ title: 'An article', body: 'text '.repeat(60), tags: ['a', 'b'], views: 1 });
const length = Buffer.byteLength(body);
let version = 1;
const server = createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    if (request.method !== 'GET') version += 1;
    const etag = request.url === '/fixed' ? '"fixed"' : `"${version}"`;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': length, etag });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()?.port));
process.on('disconnect', () => process.exit());
