import type { Client, EditResult } from 'unconflict';
import { diff } from 'unconflict/core';
import type { Random } from '../../simulation/random.js';
import { pick } from '../../simulation/random.js';
import type { Change, Doc } from './document.js';
import { isDoc } from './document.js';

const PATCH_TYPE = { 'content-type': 'application/json-patch+json' };
const MERGE_TYPE = { 'content-type': 'application/merge-patch+json' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** What a door resolves with: a status says whether it landed; a handle says what it came to. */
export interface Said {
  readonly status: number;
  readonly value?: Doc;
}

/** Makes one change. */
export type Door = (change: Change, random: Random) => Promise<Said>;

/** Who writes what, and through which clients. */
export interface House {
  readonly client: Client;
  readonly guarded: typeof fetch;
  readonly url: string;
  /** The credentials that go with every call. */
  readonly self: Readonly<Record<string, string>>;
}

/** All ways of one person to write one resource. */
export function doorsOf({ client, guarded, url, self }: House): Record<string, Door> {
  const handle = client.resource<Doc>(url, { headers: self });
  let last: Doc | undefined;
  /** What was read a while ago, or what is there now. */
  const seen = async (random: Random): Promise<Doc> => {
    if (last === undefined || random() < 0.7) last = whole(await client.get(url, { headers: self }).json());
    return last;
  };
  const landed = ({ value }: EditResult<Doc>): Said => ({ status: 200, value });
  return {
    async edit(change, random) {
      return landed(await handle.edit((doc) => change(doc, random)));
    },
    async replay(change, random) {
      // Made again on what is there: where it goes must not change with how often.
      const where = random();
      return landed(await handle.edit((doc) => change(doc, () => where), { strategy: 'replay' }));
    },
    async alone(change, random) {
      return landed(await handle.edit((doc) => change(doc, random), { headers: { 'x-reason': 'test' } }));
    },
    async leave(change, random) {
      const leaver = new AbortController();
      const leaving = setTimeout(() => leaver.abort(new DOMException('enough', 'TimeoutError')), random() * 300);
      const { signal } = leaver;
      return landed(await handle.edit((doc) => change(doc, random), { signal }).finally(() => clearTimeout(leaving)));
    },
    async patch(change, random) {
      // With what is pending on top: that is what a patch is for.
      const value = handle.value ?? (await handle.get()).value;
      return landed(await handle.patch(diff(value, change(value, random))));
    },
    async replace(change, random) {
      const base = handle.snapshot ?? (await handle.get());
      return landed(await handle.replace(change(base.value, random), { base }));
    },
    async put(change, random) {
      const base = await seen(random);
      const answer = client.put(url, { json: change(base, random), base, headers: self });
      if (random() < 0.5)
        last = await answer
          .json()
          .then(whole, () => undefined)
          .catch(() => undefined);
      return answer;
    },
    async jsonPatch(change, random) {
      const base = await seen(random);
      const body = JSON.stringify(diff(base, change(base, random)));
      return client.patch(url, { body, base, headers: { ...self, ...PATCH_TYPE } });
    },
    async mergePatch(change, random) {
      const base = await seen(random);
      const body = JSON.stringify(mergePatchOf(base, change(base, random)));
      return client.patch(url, { body, base, headers: { ...self, ...MERGE_TYPE } });
    },
    async fetch(change, random) {
      const doc = whole(await (await guarded(url, { headers: self })).json());
      const next = change(doc, random);
      const init = pick(random, [
        { method: 'PUT', body: JSON.stringify(next), headers: { ...self, ...JSON_TYPE } },
        { method: 'PATCH', body: JSON.stringify(diff(doc, next)), headers: { ...self, ...PATCH_TYPE } },
      ]);
      return guarded(url, init);
    },
  };
}

/** What came may be no document: a page, a receipt. Nobody writes what was made from that. */
function whole(value: unknown): Doc {
  if (!isDoc(value)) throw new Error('this is not the document');
  return value;
}

function mergePatchOf(before: Doc, after: Doc): object {
  const gone = Object.keys(before.map).filter((name) => !(name in after.map));
  const come = Object.keys(after.map).filter((name) => !(name in before.map));
  const map = Object.fromEntries([...gone.map((name) => [name, null]), ...come.map((name) => [name, true])]);
  const { items, log } = after;
  return {
    ...((gone.length > 0 || come.length > 0) && { map }),
    ...(items.length !== before.items.length && { items }),
    ...(log.length !== before.log.length && { log }),
  };
}
