import { createClient } from 'unconflict';
import { diff, rebase } from 'unconflict/core';
import { ARTICLE_URL, MERGE } from './article.mjs';
import { watchedFetch } from './watched-fetch.mjs';

/**
 * One person: a client of their own, what they have read, and what they have typed since.
 *
 * @param resolve What to do where both changed one thing: the resolver that `ask()` made.
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

  /** Waits for an edit that was made of the draft as it is now. */
  async function carry(edit) {
    const made = draft;
    saving = true;
    changed();
    try {
      const result = await edit;
      base = result;
      draft = onTop(made, draft, result.value);
      return result;
    } finally {
      saving = false;
      changed();
    }
  }

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
    save: () => carry(article.replace(draft, { base })),
    /** Takes up a conflict that was open when the page was left: what was typed then, and the session that asks about it. */
    resume(saved) {
      base = { url: saved.url, value: saved.base, version: saved.version };
      draft = saved.local;
      return carry(ended(resolve.revive(saved, article)));
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

/** How a session ends. */
function ended(session) {
  return new Promise((resolve, reject) => {
    session.subscribe(() => {
      const { status, result, error } = session.getSnapshot();
      if (status === 'saved') resolve(result);
      // A session from before the reload that is put off has no edit that could have failed.
      if (status === 'aborted' || status === 'failed')
        reject(error ?? Object.assign(new Error(), { code: 'ERR_CONFLICT' }));
    });
  });
}
