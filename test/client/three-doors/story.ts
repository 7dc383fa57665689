import { inspect } from 'node:util';
import type { Played } from './schedule.js';

/** A schedule as a person reads it: the world, what arrived, and what became of each change. */
export function storyOf({ world, requests, fates, broken }: Played): string {
  const arrived = requests.map(({ method, path, headers, body, status, version }) => {
    const { 'if-match': guard = '', 'content-type': type = '' } = headers;
    return `${method} ${path} ${guard} ${type} ${inspect(body, { breakLength: Number.POSITIVE_INFINITY, depth: 6 })} → ${status} ${version ?? ''}`;
  });
  const ended = fates.map(({ token, deed, door, end, said, error }) => {
    const what =
      error !== null && typeof error === 'object' && 'conflicts' in error
        ? inspect(error, { depth: 8, breakLength: 200 }).replace(/\n\s*at .*/g, '')
        : error === undefined
          ? JSON.stringify(said?.value ?? said?.status)
          : String(error);
    return `${deed} ${token} by ${door}: ${end} ${what}`;
  });
  return [inspect(world, { depth: 5 }), ...arrived, ...ended, ...broken].join('\n');
}
