import { createClient } from 'unconflict';
import { ARTICLE_URL, MERGE } from './article.mjs';
import { watchedFetch } from './watched-fetch.mjs';

/**
 * One person: a client of their own, and the draft they are typing into.
 *
 * @param resolve What to do where both changed one thing: the resolver that `ask()` made.
 * @param tell Hears of every request and every event of this client.
 * @param kept What was typed before the page was loaded anew.
 */
export function createWriter(name, { resolve, tell, kept }) {
  const fetch = watchedFetch((request) => tell({ type: 'request', ...request }));
  const client = createClient({
    locks: false, // Tabs of one person take turns. Ada and Grace stand for two people, at two machines.
    fetch,
    defaults: { merge: MERGE, resolve, retry: { minDelay: 40, deadline: 20_000 } },
  });
  client.on(tell);
  const article = client.resource(ARTICLE_URL);

  const listeners = new Set();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  let draft;
  let leave = () => {};
  function open(options) {
    leave();
    draft = article.draft(options);
    leave = draft.subscribe(changed);
    changed();
  }
  open({ from: kept });

  return {
    name,
    get draft() {
      return draft;
    },
    get value() {
      return draft.value;
    },
    subscribe(listener) {
      listeners.add(listener);
    },
    change: (recipe) => draft.change(recipe),
    /** Saves what is on the screen. The library does the rest; what is thrown is what it could not do. */
    save: () => draft.save(),
    /** Reads the latest version. What was typed and not saved is let go. */
    async read() {
      draft.discard();
      await Promise.all([article.get(), draft.ready]);
    },
    /** From now on the draft saves by itself, or only when it is told to. What is typed stays. */
    autosave(on) {
      const { base, value } = draft;
      const isDirty = draft.patch.length > 0;
      draft.close().catch(() => {}); // An error stays on the page, where the text is.
      open({ autosave: on && { after: 700, atMost: 3_000 }, ...(isDirty && { from: { base, value } }) });
    },
    /** What many applications do: the whole document goes out, whatever is there by now. */
    async overwrite() {
      const { value } = draft;
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(ARTICLE_URL, { method: 'PUT', headers, body: JSON.stringify(value) });
      if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
      await this.read();
    },
  };
}
