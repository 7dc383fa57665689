import { describe, expect, test } from 'vitest';
import type { ConflictServerOptions } from '../../../src/testing/index.js';
import { FORMS, seeded, sender } from './support.js';

const shown = async (answer: Response): Promise<unknown[]> => [
  answer.status,
  answer.headers.get('etag'),
  await answer.text(),
];
const FIELD = { field: '/meta/version' } as const;

describe.each(FORMS)('answers to a write, over %s', (form) => {
  test.each<[options: ConflictServerOptions, prefer: string | undefined, expected: unknown[]]>([
    [{}, undefined, [200, '"2"', '{"a":1}']],
    [{ answer: 'minimal' }, undefined, [204, '"2"', '']],
    [{ answer: 'no-version' }, undefined, [200, null, '{"a":1}']],
    [{ answer: 'nothing' }, undefined, [204, null, '']],
    [{}, 'return=minimal', [204, '"2"', '']],
    [{ answer: 'nothing' }, 'respond-async, return=representation', [200, '"2"', '{"a":1}']],
    [{ answer: 'minimal' }, 'return=something', [204, '"2"', '']],
    [{ version: FIELD }, undefined, [200, null, '{"a":1,"meta":{"version":2}}']],
    [{ version: FIELD, answer: 'minimal' }, undefined, [200, null, '{"meta":{"version":2}}']],
    [{ version: FIELD, answer: 'no-version' }, undefined, [200, null, '{"a":1}']],
  ])('%j with Prefer: %s', async (options, prefer, expected) => {
    const send = await sender(seeded(options), form);
    expect(await shown(await send('PUT', prefer === undefined ? {} : { Prefer: prefer }, { a: 1 }))).toEqual(expected);
  });

  test('an obeyed preference is acknowledged', async () => {
    const send = await sender(seeded(), form);
    const answer = await send('PUT', { Prefer: 'return=minimal' }, {});
    expect(answer.headers.get('preference-applied')).toBe('return=minimal');
  });

  test('a minimal create still says where', async () => {
    const send = await sender(seeded({ answer: 'nothing' }), form);
    const answer = await send('POST', {}, {}, '/articles');
    expect([answer.status, answer.headers.get('location'), await answer.text()]).toEqual([201, '/articles/2', '']);
  });
});

describe('the body of a refusal', () => {
  test.each<[conflictBody: ConflictServerOptions['conflictBody'], etag: string | null, body: unknown]>([
    ['problem', null, expect.objectContaining({ status: 412 })],
    ['empty', null, undefined],
    ['current', '"1"', { a: 1 }],
    [{ at: '/details/existing' }, '"1"', expect.objectContaining({ status: 412, details: { existing: { a: 1 } } })],
  ])('conflictBody %j', async (conflictBody, etag, body) => {
    const send = await sender(seeded({ conflictBody: conflictBody ?? 'problem' }, { a: 1 }));
    const answer = await send('PUT', { 'If-Match': '"0"' }, {});
    const text = await answer.text();
    expect([answer.status, answer.headers.get('etag'), text === '' ? undefined : JSON.parse(text)]).toEqual([
      412,
      etag,
      body,
    ]);
  });
});
