import { describe, expect, test } from 'vitest';
import { evaluate, type Validators } from '../../../src/testing/handle/preconditions.js';

const DATE = 'Thu, 01 Jan 2026 00:00:00 GMT';
const EARLIER = 'Wed, 31 Dec 2025 23:59:59 GMT';
const LATER = 'Thu, 01 Jan 2026 00:00:01 GMT';

const THERE: Validators = {
  exists: true,
  tag: { weak: false, opaque: '"2"' },
  modified: Date.parse(DATE),
  weakIfMatch: false,
  bareTags: false,
  rejectTags: false,
};
const WEAK: Validators = { ...THERE, tag: { weak: true, opaque: '"2"' } };
const ABSENT: Validators = { ...THERE, exists: false, tag: undefined, modified: undefined };
const UNTAGGED: Validators = { ...THERE, tag: undefined };
const UNDATED: Validators = { ...THERE, modified: undefined };

type Row = [title: string, method: string, headers: Record<string, string>, document: Validators, result: string];

describe('conditional headers (RFC 9110, 13)', () => {
  test.each<Row>([
    ['none', 'PUT', {}, THERE, 'pass, unguarded'],
    ['If-Match that fits', 'PUT', { 'If-Match': '"2"' }, THERE, 'pass, guarded'],
    ['If-Match that does not', 'PUT', { 'If-Match': '"1"' }, THERE, 'stale'],
    ['If-Match with a list', 'PUT', { 'If-Match': '"1", "2"' }, THERE, 'pass, guarded'],
    ['If-Match with a list that misses', 'PUT', { 'If-Match': '"1", "3"' }, THERE, 'stale'],
    ['If-Match: * on a document', 'PUT', { 'If-Match': '*' }, THERE, 'pass, guarded'],
    ['If-Match: * on nothing', 'PUT', { 'If-Match': '*' }, ABSENT, 'stale'],
    ['If-Match on nothing', 'PUT', { 'If-Match': '"2"' }, ABSENT, 'stale'],
    ['If-Match on a document without a tag', 'PUT', { 'If-Match': '"2"' }, UNTAGGED, 'stale'],
    ['If-Match compares strongly: weak here', 'PUT', { 'If-Match': 'W/"2"' }, THERE, 'stale'],
    ['If-Match compares strongly: weak there', 'PUT', { 'If-Match': '"2"' }, WEAK, 'stale'],
    ['If-Match compares strongly: weak on both', 'PUT', { 'If-Match': 'W/"2"' }, WEAK, 'stale'],
    ['a server that compares weakly', 'PUT', { 'If-Match': 'W/"2"' }, { ...WEAK, weakIfMatch: true }, 'pass, guarded'],
    ['a server whose tags are not settled', 'PUT', { 'If-Match': '"2"' }, { ...THERE, rejectTags: true }, 'stale'],
    [
      'a server whose tags are not settled, *',
      'PUT',
      { 'If-Match': '*' },
      { ...THERE, rejectTags: true },
      'pass, guarded',
    ],
    ['a bare token', 'PUT', { 'If-Match': '2' }, THERE, 'malformed If-Match'],
    ['a bare token where they are taken', 'PUT', { 'If-Match': '2' }, { ...THERE, bareTags: true }, 'pass, guarded'],
    ['If-Match on a read', 'GET', { 'If-Match': '"1"' }, THERE, 'stale'],

    ['If-Unmodified-Since, same', 'PUT', { 'If-Unmodified-Since': DATE }, THERE, 'pass, guarded'],
    ['If-Unmodified-Since, later', 'PUT', { 'If-Unmodified-Since': LATER }, THERE, 'pass, guarded'],
    ['If-Unmodified-Since, earlier', 'PUT', { 'If-Unmodified-Since': EARLIER }, THERE, 'stale'],
    ['If-Unmodified-Since that is no date', 'PUT', { 'If-Unmodified-Since': 'soon' }, THERE, 'pass, unguarded'],
    ['If-Unmodified-Since without GMT', 'PUT', { 'If-Unmodified-Since': '2025-12-31' }, THERE, 'pass, unguarded'],
    ['If-Unmodified-Since without a date there', 'PUT', { 'If-Unmodified-Since': EARLIER }, UNDATED, 'pass, unguarded'],
    [
      'If-Match wins over If-Unmodified-Since',
      'PUT',
      { 'If-Match': '"2"', 'If-Unmodified-Since': EARLIER },
      THERE,
      'pass, guarded',
    ],
    ['a wrong If-Match wins too', 'PUT', { 'If-Match': '"1"', 'If-Unmodified-Since': LATER }, THERE, 'stale'],

    ['If-None-Match: * on nothing', 'PUT', { 'If-None-Match': '*' }, ABSENT, 'pass, guarded'],
    ['If-None-Match: * on a document', 'PUT', { 'If-None-Match': '*' }, THERE, 'exists'],
    ['If-None-Match that fits, on a write', 'PUT', { 'If-None-Match': '"2"' }, THERE, 'stale'],
    ['If-None-Match that fits, on a read', 'GET', { 'If-None-Match': '"2"' }, THERE, 'not-modified'],
    ['If-None-Match on HEAD', 'HEAD', { 'If-None-Match': '"1", "2"' }, THERE, 'not-modified'],
    ['If-None-Match compares weakly', 'GET', { 'If-None-Match': 'W/"2"' }, THERE, 'not-modified'],
    ['If-None-Match compares weakly, both ways', 'GET', { 'If-None-Match': '"2"' }, WEAK, 'not-modified'],
    ['If-None-Match: * on a read', 'GET', { 'If-None-Match': '*' }, THERE, 'not-modified'],
    ['If-None-Match that misses', 'GET', { 'If-None-Match': '"1"' }, THERE, 'pass, guarded'],
    ['If-None-Match that is no tag', 'GET', { 'If-None-Match': 'x' }, THERE, 'malformed If-None-Match'],
    ['If-Match is judged before If-None-Match', 'GET', { 'If-Match': '"1"', 'If-None-Match': '"2"' }, THERE, 'stale'],
    ['and then If-None-Match', 'GET', { 'If-Match': '"2"', 'If-None-Match': '"2"' }, THERE, 'not-modified'],

    ['If-Modified-Since, same', 'GET', { 'If-Modified-Since': DATE }, THERE, 'not-modified'],
    ['If-Modified-Since, earlier', 'GET', { 'If-Modified-Since': EARLIER }, THERE, 'pass, unguarded'],
    ['If-Modified-Since on a write', 'PUT', { 'If-Modified-Since': DATE }, THERE, 'pass, unguarded'],
    [
      'If-None-Match wins over If-Modified-Since',
      'GET',
      { 'If-None-Match': '"1"', 'If-Modified-Since': DATE },
      THERE,
      'pass, guarded',
    ],
  ])('%s', (_, method, headers, document, result) => {
    const condition = evaluate(method, new Headers(headers), document);
    const told =
      condition.result === 'pass'
        ? `pass, ${condition.guarded ? 'guarded' : 'unguarded'}`
        : condition.result === 'malformed'
          ? `malformed ${condition.header}`
          : condition.result;
    expect(told).toBe(result);
  });
});
