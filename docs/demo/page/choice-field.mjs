import { make, setText } from './dom.mjs';

let made = 0;

const WHY = {
  value: 'You both gave it another value.',
  'add-add': 'You both added it, with different values.',
  'modify-delete': 'You changed it; it was removed on the server.',
  'delete-modify': 'You removed it; it was changed on the server.',
};

/** Mine, theirs, or something else, for one place. `show` brings it in line with the session; every change of mind is told. */
export function choiceField(onChoice) {
  made += 1;
  const name = `choice-${made}`;
  const radio = (side) => {
    const input = make('input', { type: 'radio', name, value: side, required: true });
    input.addEventListener('change', () => onChoice(side === 'own' ? { value: words.value } : side));
    return input;
  };
  const option = (side, title, content) =>
    make('label', { className: `option is-${side}` }, radio(side), make('span', { className: 'side' }, title), content);

  const words = make('textarea', { className: 'manuscript', 'aria-label': 'Something else' });
  words.addEventListener('input', () => onChoice({ value: words.value }));
  const shown = { local: make('span', { className: 'value' }), remote: make('span', { className: 'value' }) };
  const own = option('own', 'Something else', words);
  const legend = make('legend');
  const note = make('p', { className: 'note' });
  const element = make(
    'fieldset',
    { className: 'choice' },
    legend,
    note,
    option('local', 'Mine', shown.local),
    option('remote', 'Theirs', shown.remote),
    own,
  );
  let offered = false;

  return {
    element,
    /** @param conflict One of a session's. */
    show({ label, kind, message, hunks, local, remote, choice, changed }) {
      legend.textContent = label;
      note.replaceChildren(...(hunks ? hunks.flatMap(piece) : [WHY[kind] ?? message]));
      element.classList.toggle('is-changed', changed);
      for (const [side, { present, value }] of Object.entries({ local, remote })) {
        shown[side].textContent = present ? inWords(value) : 'removed';
      }
      // Own words can be had where both sides are texts. They start from mine.
      own.hidden = typeof local.value !== 'string' || typeof remote.value !== 'string';
      if (!own.hidden && !offered) {
        setText(words, local.value);
        words.rows = local.value.length > 60 ? 4 : 1;
        offered = true;
      }
      const chosen = typeof choice === 'object' ? 'own' : choice;
      for (const input of element.querySelectorAll('input[type=radio]')) input.checked = input.value === chosen;
    },
  };
}

const piece = ({ local, remote }) => [
  'theirs: ',
  make('span', { className: 'hunk is-remote' }, remote || 'nothing'),
  ', yours: ',
  make('span', { className: 'hunk is-local' }, local || 'nothing'),
  '. ',
];

/** An item of the checklist is known by its text; the rest of JSON is shown as it is. */
function inWords(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'text' in value) return `${value.done ? '☑' : '☐'} ${value.text}`;
  return JSON.stringify(value);
}
