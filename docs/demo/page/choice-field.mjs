import { make } from './dom.mjs';

let made = 0;

/** Mine, theirs, or something else, for one place. Tells every change of mind. */
export function choiceField({ kind, message, local, remote, hunks }, label, onChoice) {
  made += 1;
  const name = `choice-${made}`;
  const option = (side, title, content) => {
    const radio = make('input', { type: 'radio', name, value: side, required: true });
    radio.addEventListener('change', () => onChoice(resolutionOf(side)));
    return {
      radio,
      element: make(
        'label',
        { className: `option is-${side}` },
        radio,
        make('span', { className: 'side' }, title),
        content,
      ),
    };
  };

  const mine = option('local', 'Mine', shown(local));
  const theirs = option('remote', 'Theirs', shown(remote));
  const options = [mine, theirs];
  const words = wordsFor(local, remote);
  const own = words && option('own', 'Something else', words);
  if (own) {
    options.push(own);
    words.addEventListener('input', () => {
      own.radio.checked = true;
      onChoice(resolutionOf('own'));
    });
  }
  const resolutionOf = (side) => (side === 'own' ? { value: words.value } : side);

  const pieces = hunks?.map(({ local: mineHere, remote: theirsHere }) =>
    make(
      'p',
      { className: 'hunk' },
      make('del', {}, theirsHere || '(nothing)'),
      ' / ',
      make('ins', {}, mineHere || '(nothing)'),
    ),
  );
  const element = make(
    'fieldset',
    { className: 'choice' },
    make('legend', {}, label),
    make('p', { className: 'note' }, kind === 'value' && !hunks ? 'You both gave it another value.' : message),
    ...(pieces ?? []),
    ...options.map((each) => each.element),
  );
  return {
    element,
    choose(side) {
      const { radio } = side === 'local' ? mine : theirs;
      radio.checked = true;
      onChoice(side);
    },
  };
}

/** A field for own words, where both sides are texts. */
function wordsFor(local, remote) {
  if (typeof local.value !== 'string' || typeof remote.value !== 'string') return undefined;
  return make('textarea', {
    className: 'manuscript',
    rows: local.value.length > 60 ? 4 : 1,
    value: local.value,
    'aria-label': 'Something else',
  });
}

function shown(side) {
  if (!side.present) return make('span', { className: 'value is-missing' }, 'removed');
  const { value } = side;
  const text =
    typeof value === 'object' && value !== null && 'text' in value
      ? `${value.done ? 'done: ' : ''}${value.text}`
      : value;
  return make('span', { className: 'value' }, typeof text === 'string' ? text : JSON.stringify(text));
}
