import { find, make } from './dom.mjs';

const SWITCHES = [
  {
    key: 'meanwhile',
    text: 'Emmy saves first',
    on: 'meanwhile',
    armed: 'Emmy saves just before the next write arrives.',
  },
  { key: 'lock', text: 'Lock for 3 seconds', on: 'lock', off: 'unlock' },
  { key: 'lose', text: 'Lose next answer', on: 'lose', armed: 'The next save arrives, but its answer gets lost.' },
  {
    key: 'refuse',
    text: 'Refuse changes',
    on: 'refuse',
    off: 'allow',
    armed: 'A rule says no: 409, though the version has not moved.',
  },
  { key: 'offline', text: 'Go offline', on: 'offline', off: 'online', armed: 'Every connection breaks.' },
];

/** The buttons that make the server difficult, and how it stands. */
export function deskView({ onReset, onState }) {
  const version = find('#server-version');
  const note = find('#server-note');
  let ticking;

  const press = async (button) => {
    const answer = await fetch(button === undefined ? '/desk' : `/desk/${button}`, {
      method: button === undefined ? 'GET' : 'POST',
    });
    if (!answer.ok) throw new Error(`The desk answered ${answer.status}.`);
    const state = await answer.json();
    show(state);
    // What a browser tells its pages when the network is back. This one breaks at the server's side, and no browser hears of that.
    if (button === 'online' || button === 'reset') dispatchEvent(new Event('online'));
    return state;
  };

  const buttons = SWITCHES.map(({ key, text, on, off }) => {
    const button = make('button', { type: 'button', className: 'switch', 'aria-pressed': 'false' }, text);
    button.addEventListener('click', () => press(button.getAttribute('aria-pressed') === 'true' && off ? off : on));
    button.dataset.key = key;
    return button;
  });
  const reset = make('button', { type: 'button', className: 'switch reset' }, 'Start afresh');
  reset.addEventListener('click', onReset);
  find('#switches').append(...buttons, reset);

  function show(state) {
    clearTimeout(ticking);
    onState(state);
    version.textContent = `holds version ${state.version}`;
    for (const button of buttons) {
      const { key } = button.dataset;
      button.setAttribute('aria-pressed', String(key === 'lock' ? state.lockedFor > 0 : state[key]));
    }
    const armed = SWITCHES.filter(({ key, armed: sentence }) => sentence && state[key]).map(
      ({ armed: sentence }) => sentence,
    );
    if (state.lockedFor > 0) {
      armed.unshift(`Emmy holds a lock for ${Math.ceil(state.lockedFor / 1_000)} s.`);
      ticking = setTimeout(() => press(), (state.lockedFor % 1_000) + 30);
    }
    note.textContent = armed.length === 0 ? 'Answers as usual.' : armed.join(' ');
  }

  return { press };
}
