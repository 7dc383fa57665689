import { rebase } from 'unconflict/core';
import { MERGE, placeName } from './article.mjs';
import { choiceField } from './choice-field.mjs';
import { make } from './dom.mjs';
import { previewOf } from './preview.mjs';

/** The dialog that asks a person: for each place that both changed, mine, theirs, or something else. One at a time. */
export function conflictDialog(dialog) {
  let turn = Promise.resolve();

  return {
    /** A resolver: what it resolves with is the answer to the library. */
    ask(name, context) {
      const asked = turn.then(() => show(name, context));
      turn = asked.catch(() => {});
      return asked;
    },
  };

  function show(name, { base, patch, remote, conflicts, signal }) {
    signal.throwIfAborted();
    const chosen = {};
    const preview = make('section', { className: 'preview', 'aria-label': 'What will be saved' });
    const refresh = () => {
      const { value } = rebase({ base, patch, remote, merge: MERGE, resolutions: chosen });
      preview.replaceChildren(make('h3', {}, 'What will be saved'), previewOf(value));
    };
    const fields = conflicts.map((conflict) =>
      choiceField(conflict, placeName(conflict.path, remote), (resolution) => {
        chosen[conflict.basePath] = resolution;
        refresh();
      }),
    );
    refresh();

    return new Promise((resolve, reject) => {
      const end = (settle, value) => {
        signal.removeEventListener('abort', aborted);
        dialog.onclose = null;
        dialog.close();
        settle(value);
      };
      const aborted = () => end(reject, signal.reason);
      signal.addEventListener('abort', aborted);
      dialog.onclose = () => end(resolve, 'abort'); // Escape

      const all = (side) => () => {
        for (const field of fields) field.choose(side);
      };
      const form = make(
        'form',
        {},
        make('h2', { id: 'conflict-title', tabIndex: -1, autofocus: true }, heading(name, conflicts, remote)),
        make('p', { id: 'conflict-intro' }, intro(conflicts.length)),
        make(
          'div',
          { className: 'columns' },
          make('div', { className: 'choices' }, ...fields.map(({ element }) => element)),
          preview,
        ),
        make(
          'footer',
          {},
          make('button', { className: 'primary' }, 'Save this'),
          make('button', { type: 'button', className: 'quiet', onclick: all('local') }, 'All mine'),
          make('button', { type: 'button', className: 'quiet', onclick: all('remote') }, 'All theirs'),
          make(
            'button',
            { type: 'button', className: 'quiet later', onclick: () => end(resolve, 'abort') },
            'Decide later',
          ),
        ),
      );
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        end(resolve, { resolutions: { ...chosen } });
      });
      dialog.replaceChildren(form);
      dialog.showModal();
    });
  }
}

function heading(name, conflicts, remote) {
  const [first] = conflicts;
  if (conflicts.length > 1) return `${name}, somebody else changed the same things`;
  return `${name}, somebody else changed the ${placeName(first.path, remote).toLowerCase()} too`;
}

const intro = (count) =>
  `Everything else has merged. ${count === 1 ? 'One place is' : `${count} places are`} left, and only you can tell.`;
