import { counter, createClient } from 'unconflict';
import { diff } from 'unconflict/core';
import { watched } from './wire.mjs';

/** Shorter waits are the loop's own backoff, and only noise to a reader. */
const LONG_WAIT = 500;

/** Somebody who writes: a client of their own, on a connection of their own, whose every request is shown. */
export function createWriter(name, { server, printer, tally, ledger }) {
  const connection = server.connect();
  const fetch = watched(connection.fetch, (exchange) => {
    tally.request(exchange.status);
    printer.request(exchange);
  });
  const client = createClient({ fetch });
  client.on((event) => {
    tally.event(event);
    show(event, printer);
  });
  const { merge, ...options } = server.options;
  const article = client.resource(server.url, { ...options, merge: { ...merge, '/claps': counter() } });

  return {
    name,
    article,
    loseNextAnswer: () => connection.loseNextAnswer(),
    close: () => client.close(),
    /**
     * Makes an edit and shows its way to the server.
     *
     * @param times how often an article holds the edit; what the story's end is checked with.
     */
    async edit(what, recipe, { times, ...editOptions }) {
      printer.step(name, what);
      const made = madeBy(recipe, article.snapshot?.value);
      ledger.push({ who: name, what, times, expected: 1 });
      const result = await article.edit(recipe, editOptions);
      if (result.rebased) printer.patches(made, result.patch);
      return result;
    },
  };
}

/** The local patch as the library makes it: by comparing the value before and after the recipe. */
function madeBy(recipe, base) {
  const draft = structuredClone(base);
  recipe(draft);
  return diff(base, draft);
}

function show(event, printer) {
  switch (event.type) {
    case 'rebase': {
      const { operations, conflicts } = event;
      const open = conflicts.length === 0 ? 'nothing overlaps' : `overlap at ${conflicts.map(at).join(', ')}`;
      printer.detail('rebase', `${operations === 1 ? '1 operation' : `${operations} operations`} to send, ${open}`);
      break;
    }
    case 'wait':
      if (event.ms >= LONG_WAIT) printer.detail('wait', `${(event.ms / 1000).toFixed(1)} s`);
      break;
    case 'in-doubt':
      printer.detail('in doubt', 'was it saved? look before sending again');
      break;
  }
}

const at = ({ path }) => path;
