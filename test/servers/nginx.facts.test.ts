import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json, said } from './harness/said.js';
import type { RunningServer } from './harness/server.js';
import { type Gateway, startNginx } from './nginx.js';

const gateways: { gateway: Gateway; disguise: (tag: string) => string }[] = [
  { gateway: 'gzip', disguise: (tag) => `W/${tag}` },
  { gateway: 'suffix', disguise: (tag) => tag.replace(/"$/, '-gzip"') },
];

describe.each(gateways)(
  'nginx that answers with $gateway tags, in front of a strict origin',
  ({ gateway, disguise }) => {
    let server: RunningServer;
    beforeAll(async () => {
      server = await startNginx(gateway);
    });
    afterAll(() => server?.stop());

    const put = (name: string, n: number, headers = {}) =>
      said(server.fetch(server.documentUrl(name), json('PUT', { n }, headers)));
    const get = (name: string, headers = {}) => said(server.fetch(server.documentUrl(name), { headers }));
    /** The tag as the origin gave it: nginx leaves it alone when nothing is compressed. */
    const trueTag = async (name: string): Promise<string> =>
      (await get(name, { 'accept-encoding': 'identity' })).tag ?? '';

    test('changes the tag of a compressed answer, and leaves it alone without compression', async () => {
      await put('read', 1);
      const tag = await trueTag('read');
      expect(tag).toMatch(/^"[0-9a-f]+"$/);
      expect(await get('read', { 'accept-encoding': 'gzip' })).toMatchObject({ tag: disguise(tag), body: { n: 1 } });
    });

    test('never gets the changed tag accepted: 412, although nothing has changed', async () => {
      await put('verbatim', 1);
      const { tag } = await get('verbatim');
      expect(await put('verbatim', 2, { 'if-match': tag ?? '' })).toMatchObject({ status: 412, body: '' });
    });

    test('passes the tag of the origin through, and answers 412 once it is stale', async () => {
      await put('plain', 1);
      const old = await trueTag('plain');
      expect(await put('plain', 2, { 'if-match': old })).toMatchObject({ status: 200, body: { n: 2 } });
      expect(await put('plain', 3, { 'if-match': old })).toMatchObject({ status: 412 });
    });

    test('answers a second create with 412, and an update without a version with 428', async () => {
      expect(await put('twice', 1, { 'if-none-match': '*' })).toMatchObject({ status: 201 });
      expect(await put('twice', 1, { 'if-none-match': '*' })).toMatchObject({ status: 412 });
      expect(await put('twice', 2)).toMatchObject({ status: 428 });
    });
  },
);
