import { createClient } from 'unconflict';
import { diff, rebase } from 'unconflict/core';
import { ARTICLE_URL, MERGE } from './article.mjs';
import { watchedFetch } from './watched-fetch.mjs';

/**
 * One person: a client of their own, what they have read, and what they have typed since.
 *
 * @param resolve What to do where both changed one thing: the resolver.
 * @param tell Hears of every request and every event of this client.
 */
export function createWriter(name, { resolve, tell }) {
  const client = createClient({
    locks: false, // Tabs of one person take turns. Ada and Grace stand for two people, at two machines.
    fetch: watchedFetch((request) => tell({ type: 'request', ...request })),
    defaults: { merge: MERGE, resolve, retry: { minDelay: 40, deadline: 20_000 } },
  });
  client.on(tell);
  const article = client.resource(ARTICLE_URL);

  let base; // the snapshot that the draft was made from
  let draft;
  let saving = false;
  const listeners = new Set();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  return {
    name,
    get base() {
      return base;
    },
    get draft() {
      return draft;
    },
    get saving() {
      return saving;
    },
    /** The change so far, as a JSON Patch against what was read. */
    get patch() {
      return diff(base.value, draft, { merge: MERGE });
    },
    subscribe(listener) {
      listeners.add(listener);
    },
    /** Types: the recipe changes a copy of the draft. */
    type(recipe) {
      draft = structuredClone(draft);
      recipe(draft);
      changed();
    },
    /** Reads the latest version. What was typed and not saved is let go. */
    async read() {
      base = await article.get();
      draft = base.value;
      changed();
    },
    /** Saves what was typed. The library does the rest; what is thrown is what it could not do. */
    async save() {
      const made = draft;
      saving = true;
      changed();
      try {
        const result = await article.replace(made, { base });
        base = result;
        draft = onTop(made, draft, result.value);
        return result;
      } finally {
        saving = false;
        changed();
      }
    },
  };
}

/** What was typed while the save was on its way goes on top of what came of it. Where both are about one thing, the typing stays. */
function onTop(made, typed, landed) {
  const input = { base: made, local: typed, remote: landed, merge: MERGE };
  const { conflicts, value } = rebase(input);
  if (conflicts.length === 0) return value;
  return rebase({ ...input, resolutions: Object.fromEntries(conflicts.map(({ basePath }) => [basePath, 'local'])) })
    .value;
}
