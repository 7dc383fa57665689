import { describe, expect, test } from 'vitest';
import { FORMS, seeded, sender } from './support.js';

describe.each(FORMS)('a compressing gateway, over %s', (form) => {
  test.each([
    ['weaken', 'W/"1"', 412],
    ['suffix', '"1-gzip"', 412],
    ['none', '"1"', 200],
  ] as const)('%s: the tag reads %s and does not fit unless it is untouched', async (gateway, tag, status) => {
    const send = await sender(seeded({ gateway }), form);
    const read = (await send('GET')).headers.get('etag');
    expect(read).toBe(tag);
    expect((await send('PUT', { 'If-Match': tag }, {})).status).toBe(status);
  });

  test.each(['weaken', 'suffix'] as const)('%s: identity gets the tag untouched', async (gateway) => {
    const send = await sender(seeded({ gateway }), form);
    const identity = { 'Accept-Encoding': 'identity' };
    expect((await send('GET', identity)).headers.get('etag')).toBe('"1"');
    expect((await send('PUT', { ...identity, 'If-Match': '"1"' }, {})).headers.get('etag')).toBe('"2"');
  });
});
