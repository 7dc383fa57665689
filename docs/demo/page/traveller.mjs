import { createClient } from 'unconflict';
import { indexedDb, outbox } from 'unconflict/outbox';
import { ARTICLE_URL, MERGE } from './article.mjs';

/**
 * Somebody who is often without a network. There is no draft and no button to save: each change is an edit of its own, which the outbox
 * keeps in the browser until the server has it.
 *
 * @param tell Hears of every event of this client.
 */
export function createTraveller(name, tell) {
  const waiting = outbox({ storage: indexedDb('unconflict-demo'), owner: name });
  const client = createClient({
    outbox: waiting,
    defaults: { merge: MERGE, retry: { minDelay: 40, deadline: 2_000 } },
  });
  client.on(tell);
  const article = client.resource(ARTICLE_URL);
  return {
    name,
    article,
    outbox: waiting,
    /** What comes of it is in the list of entries: nothing here waits for it. */
    edit: (recipe) => void article.edit(recipe).catch(() => {}),
    /** Shows what was kept, or else what the server has. Without both there is nothing to edit until it is called again. */
    async open() {
      await waiting.ready;
      if (article.value === undefined) await article.get().catch(() => {});
    },
    /** Resolves when nothing waits. */
    saved: () =>
      new Promise((resolve) => {
        const leave = waiting.subscribe(() => {
          if (waiting.entries.length > 0) return;
          leave();
          resolve();
        });
      }),
    /** Forgets what was not saved, and reads the latest version. */
    async reset() {
      await waiting.clear();
      await article.get();
    },
  };
}
