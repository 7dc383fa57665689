import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { PATH, seeded, sender } from './support.js';

/** Sends bytes as they are and gives back what comes until the connection ends, or until `enough` has come. */
function raw(url: string, bytes: string, enough = /\r\n\r\n/): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      if (enough.test(answer)) socket.destroy();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('a port', () => {
  test('is on this machine only, and free to choose', async () => {
    const server = seeded();
    const [one, two] = [await server.listen(), await server.listen()];
    expect(one.url).toBe(`http://127.0.0.1:${one.port}`);
    expect(two.port).not.toBe(one.port);
    expect((await fetch(two.url + PATH)).status).toBe(200);
  });

  test('a taken port is an error and not a hang', async () => {
    const server = seeded();
    const { port } = await server.listen();
    await expect(server.listen({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('close ends kept-alive connections, and closing twice is fine', async () => {
    const server = seeded();
    const { url, close } = await server.listen();
    const agent = new Agent({ keepAlive: true });
    const socket = await new Promise<Socket>((resolve, reject) => {
      const sent = httpRequest(url + PATH, { agent }, (answer) => {
        const { socket } = answer;
        answer.resume().on('end', () => resolve(socket));
      });
      sent.on('error', reject).end();
    });
    expect(socket.destroyed).toBe(false);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await Promise.all([close(), close(), closed]);
    await server.close();
    agent.destroy();
    expect(socket.destroyed).toBe(true);
  });

  test('close does not wait for a client that never ends its request', async () => {
    const server = seeded();
    const { port, close } = await server.listen();
    const socket = connect(port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise<void>((resolve) =>
      socket.write(`PUT ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{`, () => resolve()),
    );
    await fetch(`http://127.0.0.1:${port}${PATH}`);
    await Promise.all([close(), closed]);
    expect(server.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test('close breaks off what waits, and leaves no timer', async () => {
    const server = seeded({ latency: 120_000 });
    const send = await sender(server, 'port');
    const broken = send('PUT', {}, {}).catch((error: unknown) => error);
    const inProcess = server.fetch(PATH).catch((error: unknown) => error);
    while (server.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
    await server.close();
    expect([await broken, await inProcess]).toEqual([expect.any(TypeError), expect.any(TypeError)]);
    expect(server.requests.map(({ outcome, delivered }) => [outcome, delivered])).toEqual([
      ['lost', false],
      ['lost', false],
    ]);
    expect(server.history(PATH)).toHaveLength(1);
  });

  test.each<[title: string, head: string, status: number]>([
    ['an absolute target', 'GET http://elsewhere.test/articles/1?x HTTP/1.1\r\nHost: x', 200],
    ['dot segments', 'GET /articles/../articles/./1 HTTP/1.1\r\nHost: x', 200],
    ['encoded dot segments', 'GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x', 404],
    ['backslashes', 'GET \\\\evil\\articles HTTP/1.1\r\nHost: x', 400],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: x', 400],
    ['a broken percent sign', 'GET /articles/%zz HTTP/1.1\r\nHost: x', 404],
    ['two slashes', 'GET //evil.test/articles/1 HTTP/1.1\r\nHost: x', 404],
    ['a null byte in the path', 'GET /articles/%00 HTTP/1.1\r\nHost: x', 404],
    ['no HTTP', 'hello', 400],
  ])('%s is answered with %#', async (_, head, status) => {
    const { url } = await seeded().listen();
    expect(await raw(url, `${head}\r\nConnection: close\r\n\r\n`)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test('a client that hangs up in its body leaves nothing behind', async () => {
    const server = seeded();
    const { url, port } = await server.listen();
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`PUT ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half":`, () => socket.destroy());
      });
      socket.on('close', () => resolve());
    });
    expect((await fetch(url + PATH)).status).toBe(200);
    expect([server.history(PATH).length, server.requests.length]).toEqual([1, 1]);
  });

  test('a long path and long headers are answered', async () => {
    const send = await sender(seeded(), 'port');
    expect((await send('GET', {}, undefined, `/${'a'.repeat(8_000)}`)).status).toBe(404);
    expect((await send('GET', { 'If-None-Match': `"${'a'.repeat(8_000)}"` })).status).toBe(200);
  });

  test('pages of other origins may use it where CORS is on', async () => {
    const server = seeded({ cors: true });
    server.fault({ kind: 'status', status: 503, on: { method: 'OPTIONS' } });
    const send = await sender(server, 'port');
    const asked = await send('OPTIONS', {
      Origin: 'https://page.test',
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'if-match,content-type',
    });
    expect([
      asked.status,
      asked.headers.get('access-control-allow-methods'),
      asked.headers.get('access-control-allow-headers'),
    ]).toEqual([204, 'PATCH', 'if-match,content-type']);
    const answer = await send('GET', { Origin: 'https://page.test' });
    expect([
      answer.headers.get('access-control-allow-origin'),
      answer.headers.get('access-control-expose-headers'),
    ]).toEqual(['*', '*']);
    expect(server.requests).toHaveLength(1);
  });
});
