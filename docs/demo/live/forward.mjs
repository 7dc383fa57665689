import { request as send } from 'node:http';

/** Hands a request on to the conflict server, and its answer back. A connection that breaks there breaks here. */
export function forward(target, request, response) {
  const { method, headers } = request;
  const onward = send(target, { method, headers, agent: false }, (answer) => {
    const { connection: _, 'keep-alive': __, ...kept } = answer.headers; // of that connection, not of this one
    response.writeHead(answer.statusCode, { ...kept, 'cache-control': 'no-store' });
    answer.on('error', () => request.socket.destroy());
    answer.pipe(response);
  });
  onward.on('error', () => request.socket.destroy());
  request.pipe(onward);
}
