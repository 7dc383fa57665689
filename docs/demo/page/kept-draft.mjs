/** What was typed survives a reload: it lies in the tab's storage until it is saved, with what was chosen where both changed one thing. */

const keyOf = (name) => `draft of ${name}`;
const chosen = (conflicts) =>
  conflicts.flatMap(({ basePath, remote, choice }) => (choice === undefined ? [] : [{ basePath, remote, choice }]));

/** @param session The conflict that is open, if one is. */
export function keepDraft(name, { status, base, value }, session) {
  if (status === 'empty') return;
  if (status === 'clean') sessionStorage.removeItem(keyOf(name));
  else {
    const choices = session && chosen(session.getSnapshot().conflicts);
    sessionStorage.setItem(keyOf(name), JSON.stringify({ base, value, choices }));
  }
}

/** What was kept: `from` for a draft, and the choices of a conflict that was open. Undefined where nothing was. */
export function keptDraft(name) {
  const text = sessionStorage.getItem(keyOf(name));
  if (text === null) return undefined;
  const { choices, ...from } = JSON.parse(text);
  return { from, choices };
}

/** Chooses what was chosen before, where the server still has what it was chosen against. */
export function chooseAgain(session, choices) {
  const { conflicts } = session.getSnapshot();
  for (const { basePath, remote, choice } of choices) {
    const same = conflicts.find((conflict) => conflict.basePath === basePath);
    if (JSON.stringify(same?.remote) === JSON.stringify(remote)) session.choose(basePath, choice);
  }
}
