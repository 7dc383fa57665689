// Where the demo's exit code comes from: not from what the library says of itself, but from what the server has kept.

/**
 * Looks for edits that are not in the article, and for edits that landed another number of times than they were made.
 *
 * @param edits what was done: `{ who, what, times, expected }`, where `times(article)` says how often an article holds it.
 * @param article the article as the server has it now.
 * @param history every state it ever had, oldest first.
 * @returns one sentence for each edit with which something is wrong. Empty: every edit is there, once.
 */
export function findLosses(edits, article, history) {
  return edits.flatMap(({ who, what, times, expected }) => {
    const held = times(article);
    if (held !== expected) return [`${who} "${what}": the article holds it ${held} times instead of ${expected}.`];
    const landed = landings(times, history);
    if (landed !== expected) return [`${who} "${what}": it was saved ${landed} times instead of ${expected}.`];
    return [];
  });
}

/** How often an edit came into the article, even where it was taken out again. */
function landings(times, history) {
  let before = 0;
  let total = 0;
  for (const state of history) {
    const now = times(state);
    total += Math.max(0, now - before);
    before = now;
  }
  return total;
}
