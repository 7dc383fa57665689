import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { holderOf, tellsOfLock } from '../../src/protocol/verdict/holder.js';
import { refusal } from './answers.js';

const DAV = `<?xml version="1.0"?><D:prop xmlns:D="DAV:"><D:lockdiscovery><D:activelock>
<D:lockscope><D:exclusive/></D:lockscope><D:owner><D:href>mailto:alice@example.com</D:href></D:owner></D:activelock></D:lockdiscovery></D:prop>`;

test.each<[string, number, unknown, unknown]>([
  ['the owner of a WebDAV lock', 423, DAV, { holder: 'mailto:alice@example.com' }],
  [
    'the host in a sentence of Ironic',
    409,
    { error_message: { faultstring: 'Node 1be is locked by host cond-1, please retry after it.' } },
    { holder: 'cond-1' },
  ],
  ['a sentence', 423, 'Document is checked out by Alice B since noon', { holder: 'Alice B' }],
  ['a quoted name', 423, { message: 'This page is locked by "bob".' }, { holder: 'bob' }],
  [
    'lockedBy and lockedAt',
    409,
    { lockedBy: 'alice', lockedAt: '2024-01-01T00:00:00Z' },
    { holder: 'alice', since: '2024-01-01T00:00:00Z' },
  ],
  ['a person as an object', 409, { locked_by: { id: '7', display_name: 'Alice' } }, { holder: 'Alice' }],
  [
    'a lock member',
    409,
    { error: { lock: { owner: { name: 'bob' }, since: 1700000000 } } },
    { holder: 'bob', since: '1700000000' },
  ],
  ['the owner in a 423', 423, { owner: 'alice', since: 'noon' }, { holder: 'alice', since: 'noon' }],
  ['the user in an error of a 423', 423, { errors: [{ user: 'carol' }] }, { holder: 'carol' }],
  ['only since when', 423, { lockedAt: 'noon' }, { since: 'noon' }],
  ['JSON sent as text', 409, '{"lockedBy":"alice"}', { holder: 'alice' }],
  ['nobody: an owner in a 409', 409, { owner: 'alice' }, undefined],
  ['nobody: null', 423, { lockedBy: null, lock: null }, undefined],
  ['nobody: an empty body', 423, undefined, undefined],
  ['nobody: an empty name', 423, { lockedBy: ' ' }, undefined],
  ['nobody: a lock without a name', 423, { locked: true }, undefined],
])('%s', (_, status, body, holder) => {
  expect(holderOf(refusal(status, body))).toEqual(holder);
});

test.each<[unknown, boolean]>([
  [{ locked: true }, true],
  [{ error: { locked: true } }, true],
  [{ lockedBy: 'alice' }, true],
  ['is locked by host x', true],
  [{ locked: false }, false],
  [{ owner: 'alice' }, false],
  [{ message: 'The lockfile is stale' }, false],
])('%j tells of a lock: %s', (body, tells) => {
  expect(tellsOfLock(refusal(409, body))).toBe(tells);
});

it('never throws and cuts long names', () => {
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom(409, 423), (body, status) => {
      expect((holderOf(refusal(status, body))?.holder ?? '').length).toBeLessThanOrEqual(200);
    }),
  );
  expect(holderOf(refusal(423, { lockedBy: 'x'.repeat(1_000_000) }))?.holder).toHaveLength(200);
});
