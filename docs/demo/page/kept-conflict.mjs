/** An open conflict survives a reload: a session is JSON, and lies in the tab's storage until it is over. */

const keyOf = (name) => `conflict of ${name}`;

export function keepConflict(name, session) {
  const put = () => {
    const { status } = session.getSnapshot();
    if (status === 'open' || status === 'submitting') sessionStorage.setItem(keyOf(name), JSON.stringify(session));
    else sessionStorage.removeItem(keyOf(name));
  };
  session.subscribe(put);
  put();
}

/** What was kept, for a desk's `revive`; undefined where nothing was. */
export function keptConflict(name) {
  const text = sessionStorage.getItem(keyOf(name));
  return text === null ? undefined : JSON.parse(text);
}
