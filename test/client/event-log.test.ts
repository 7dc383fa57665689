import { describe, expect, test } from 'vitest';
import { logEvent } from '../../src/client/event-log.js';
import type { ClientEvent, EditEvent } from '../../src/contract/events.js';
import { shownText } from '../../src/protocol/shown.js';

function logged(event: EditEvent): readonly [string, string] {
  const lines: [string, string][] = [];
  const log = (level: string) => (line: string) => void lines.push([level, line]);
  const all: ClientEvent = {
    url: 'https://api.example.com/a',
    pattern: undefined,
    editId: '0123456789abcdef',
    at: 1,
    ...event,
  };
  logEvent({ debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }, all, shownText);
  return lines[0] ?? ['', ''];
}

const lines: [title: string, event: EditEvent, level: string, words: string][] = [
  [
    'an edit in its lane',
    { type: 'queued', kind: 'update', operations: 2, origin: 'person' },
    'debug',
    'update of 2 operations is next or waits its turn',
  ],
  [
    "a program's edit",
    { type: 'queued', kind: 'update', operations: 2, origin: 'agent' },
    'debug',
    'update of 2 operations by agent is next or waits its turn',
  ],
  [
    'an attempt',
    { type: 'attempt', attempt: 1, method: 'PUT', version: '"1"' },
    'debug',
    'attempt 1: PUT on version "1"',
  ],
  [
    'an attempt without a version',
    { type: 'attempt', attempt: 1, method: 'PUT', version: undefined },
    'debug',
    'version none',
  ],
  ['a stale write', { type: 'stale', attempt: 1, status: 412, problem: undefined }, 'info', '412, stale'],
  ['a lock', { type: 'locked', attempt: 1, status: 423, problem: { title: 'Locked' } }, 'warn', '423, locked: Locked'],
  ['a deletion', { type: 'gone', attempt: 1, status: 404, problem: undefined }, 'warn', '404, gone'],
  [
    'a refetch',
    { type: 'refetch', attempt: 1, fromConflictBody: false, version: '"2"' },
    'debug',
    'latest is version "2"',
  ],
  [
    'one out of the refusal',
    { type: 'refetch', attempt: 1, fromConflictBody: true, version: '"2"' },
    'debug',
    'told by the refusal',
  ],
  [
    'a rebase',
    { type: 'rebase', attempt: 1, operations: 2, conflicts: [], resolved: [], ms: 3 },
    'info',
    'rebased in 3 ms: 2 operations',
  ],
  [
    'an answer',
    { type: 'resolve', attempt: 1, answer: 'local', ms: 9 },
    'info',
    'the resolver answered local after 9 ms',
  ],
  ['a wait', { type: 'wait', attempt: 1, ms: 25, reason: 'backoff' }, 'debug', 'waits 25 ms (backoff)'],
  [
    'a doubt',
    { type: 'in-doubt', attempt: 1, cause: new Error('socket closed') },
    'warn',
    'nobody knows yet whether it was saved',
  ],
  ['a success', { type: 'accepted', attempts: 1, rebased: false, alreadyApplied: false, ms: 5 }, 'info', 'saved: 1'],
  [
    'a success on a later version',
    { type: 'accepted', attempts: 2, rebased: true, alreadyApplied: false, ms: 5 },
    'info',
    'saved on a later version',
  ],
  [
    'a success without a write',
    { type: 'accepted', attempts: 1, rebased: true, alreadyApplied: true, ms: 5 },
    'info',
    'already there',
  ],
  [
    'a failure',
    { type: 'rejected', attempts: 2, error: new Error('no more'), ms: 5 },
    'error',
    'failed after 2 attempts, 5 ms: no more',
  ],
];
test.each(lines)('%s is one line', (_title, event, level, words) => {
  const [heard, line] = logged(event);
  expect(heard).toBe(level);
  expect(line).toContain(words);
  expect(line).toContain('unconflict https://api.example.com/a [01234567]');
  expect(line).not.toContain('\n');
});

describe('secrets', () => {
  const url = 'https://api.example.com/a?token=s3cret';
  test.each([
    [
      'rejected',
      { type: 'rejected', attempts: 1, error: new Error(`Request failed with status code 403: PUT ${url}`), ms: 1 },
    ],
    ['in doubt', { type: 'in-doubt', attempt: 1, cause: new Error(`Request timed out: PUT ${url}`) }],
  ] as const)('in the address that an error of ky names are not logged: %s', (_title, event) => {
    expect(logged(event)[1]).not.toContain('s3cret');
  });

  test('words of a server cannot start a line of their own', () => {
    const [, line] = logged({
      type: 'refused',
      attempt: 1,
      status: 409,
      problem: { detail: 'no\nunconflict https://forged [x] saved' },
    });
    expect(line).not.toContain('\n');
  });
});
