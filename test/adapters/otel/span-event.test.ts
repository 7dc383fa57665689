import type { ClientEvent, MergeConflict } from 'unconflict';
import { expect, test } from 'vitest';
import { spanAttributes } from '../../../src/otel/span-event.js';

const about = { url: 'https://api.example.com/a', pattern: undefined, editId: '1', at: 1, attempt: 2 };
const conflict: MergeConflict = {
  kind: 'value',
  path: '/title',
  basePath: '/title',
  base: { present: true, value: 'secret' },
  local: { present: true, value: 'secret' },
  remote: { present: false },
  operations: [0],
  message: 'secret',
};

const rows: [event: ClientEvent, attributes: Record<string, unknown>][] = [
  [
    { ...about, type: 'attempt', method: 'PUT', version: '"1"' },
    { 'http.request.method': 'PUT', 'unconflict.version': '"1"' },
  ],
  [{ ...about, type: 'attempt', method: 'PUT', version: undefined }, { 'http.request.method': 'PUT' }],
  [{ ...about, type: 'stale', status: 409, problem: { detail: 'secret' } }, { 'http.response.status_code': 409 }],
  [
    { ...about, type: 'refused', status: 409, problem: { code: 'title-taken', detail: 'secret' } },
    { 'http.response.status_code': 409, 'error.type': 'title-taken' },
  ],
  [
    { ...about, type: 'refetch', fromConflictBody: true, version: '"2"' },
    { 'unconflict.refetch.from_refusal': true, 'unconflict.version': '"2"' },
  ],
  [
    { ...about, type: 'rebase', operations: 3, conflicts: [conflict], resolved: [], ms: 4 },
    {
      'unconflict.rebase.operations': 3,
      'unconflict.rebase.conflicts': 1,
      'unconflict.rebase.resolved': 0,
      'unconflict.rebase.ms': 4,
    },
  ],
  [
    { ...about, type: 'resolve', answer: 'local', ms: 900 },
    { 'unconflict.resolve.answer': 'local', 'unconflict.resolve.ms': 900 },
  ],
  [
    { ...about, type: 'wait', ms: 25, reason: 'lock' },
    { 'unconflict.wait.reason': 'lock', 'unconflict.wait.ms': 25 },
  ],
  [
    { ...about, type: 'in-doubt', cause: Object.assign(new Error('secret'), { code: 'ECONNRESET' }) },
    { 'error.type': 'ECONNRESET' },
  ],
  [{ ...about, type: 'in-doubt', cause: new TypeError('secret') }, { 'error.type': 'TypeError' }],
  [{ ...about, type: 'in-doubt', cause: 'secret' }, {}],
];

test.each(rows)('$type is told without words or values', (event, attributes) => {
  expect(spanAttributes(event)).toEqual({ 'unconflict.attempt': 2, ...attributes });
});
