import type { Client } from 'unconflict';
import { diff } from 'unconflict/core';
import type { Random } from '../../simulation/random.js';
import { pick } from '../../simulation/random.js';
import type { Doc } from './document.js';
import { withToken } from './document.js';

const PATCH_TYPE = { 'content-type': 'application/json-patch+json' };
const MERGE_TYPE = { 'content-type': 'application/merge-patch+json' };

/** Puts one token in. What it resolves with says whether it landed, where the door answers with a status. */
export type Door = (token: string, random: Random) => Promise<number>;

/** All ways of one client to write one resource. */
export function doorsOf(client: Client, guarded: typeof fetch, url: string): Record<string, Door> {
  const handle = client.resource<Doc>(url);
  let last: Doc | undefined;
  /** What was read a while ago, or what is there now. */
  const seen = async (random: Random): Promise<Doc> => {
    if (last === undefined || random() < 0.7) last = await client.get(url).json<Doc>();
    return last;
  };
  const named = (doc: Doc): { base: Doc } => ({ base: doc });
  return {
    async edit(token, random) {
      await handle.edit((doc) => withToken(doc, token, random));
      return 200;
    },
    async replay(token, random) {
      // Made again on what is there: where it goes must not change with how often.
      const where = random();
      await handle.edit((doc) => withToken(doc, token, () => where), { strategy: 'replay' });
      return 200;
    },
    async alone(token, random) {
      await handle.edit((doc) => withToken(doc, token, random), { headers: { 'x-reason': 'test' } });
      return 200;
    },
    async leave(token, random) {
      const leaver = new AbortController();
      const leaving = setTimeout(() => leaver.abort(new DOMException('enough', 'TimeoutError')), random() * 300);
      await handle
        .edit((doc) => withToken(doc, token, random), { signal: leaver.signal })
        .finally(() => clearTimeout(leaving));
      return 200;
    },
    async patch(token, random) {
      const { value } = handle.snapshot ?? (await handle.get());
      await handle.patch(diff(value, withToken(value, token, random)));
      return 200;
    },
    async replace(token, random) {
      const base = handle.snapshot ?? (await handle.get());
      await handle.replace(withToken(base.value, token, random), { base });
      return 200;
    },
    async put(token, random) {
      const doc = await seen(random);
      const answer = client.put(url, { json: withToken(doc, token, random), ...named(doc) });
      if (random() < 0.5) last = await answer.json<Doc>().catch(() => undefined);
      return (await answer).status;
    },
    async jsonPatch(token, random) {
      const doc = await seen(random);
      const body = JSON.stringify(diff(doc, withToken(doc, token, random)));
      return (await client.patch(url, { body, headers: PATCH_TYPE, ...named(doc) })).status;
    },
    async mergePatch(token, random) {
      const doc = await seen(random);
      const body = JSON.stringify({ map: { [token]: true } });
      return (await client.patch(url, { body, headers: MERGE_TYPE, ...named(doc) })).status;
    },
    async fetch(token, random) {
      const doc: Doc = await (await guarded(url)).json();
      const next = withToken(doc, token, random);
      const init = pick(random, [
        { method: 'PUT', body: JSON.stringify(next), headers: { 'content-type': 'application/json' } },
        { method: 'PATCH', body: JSON.stringify(diff(doc, next)), headers: PATCH_TYPE },
      ]);
      return (await guarded(url, init)).status;
    },
  };
}
