import { choiceField } from './choice-field.mjs';
import { find, keyed, make } from './dom.mjs';
import { previewOf } from './preview.mjs';

/**
 * The dialog that asks a person. Everything it knows is in the session that the library hands out: it shows the snapshot and passes on
 * what is chosen. One session at a time.
 *
 * @param onRename Lets somebody else rename the article while the person is thinking.
 */
export function conflictDialog(dialog, { onRename }) {
  const waiting = [];
  let current;

  /** The next session that is waiting, unless one is on. */
  function next() {
    if (current === undefined && waiting.length > 0) show(waiting.shift());
  }

  function show({ name, session, isKept }) {
    current = session;
    const fields = new Map();
    const choices = make('div', { className: 'choices' });
    const preview = make('section', { className: 'preview', 'aria-label': 'What will be saved' });
    const says = make('p', { className: 'note', role: 'status' });
    const save = make('button', { type: 'submit', className: 'primary' }, 'Save this');
    const action = (text, onclick, more = '') =>
      make('button', { type: 'button', className: `quiet ${more}`, onclick }, text);
    const rename = async () => {
      await onRename();
      await session.refresh(); // An application would do this when its window comes back, or now and then.
    };
    // An outbox keeps the question: it is enough to close the dialog.
    const later = () => (isKept ? close() : session.abort());
    const form = make(
      'form',
      {},
      make('h2', { id: 'conflict-title', tabIndex: -1, autofocus: true }, `${name}, somebody else changed this too`),
      make('p', { id: 'conflict-intro' }, 'Everything else is merged. Only you can decide this.'),
      make('div', { className: 'columns' }, choices, preview),
      make('div', { className: 'meanwhile' }, says, action('Let Emmy rename it now', rename)),
      make(
        'footer',
        {},
        save,
        action('All mine', () => session.chooseAll('local')),
        action('All theirs', () => session.chooseAll('remote')),
        action('Decide later', later, 'later'),
      ),
    );

    let was;
    const update = () => {
      const { status, conflicts, preview: merged } = session.getSnapshot();
      if (status !== 'open' && status !== 'submitting') {
        close();
        return;
      }
      // Elements that stay are left where they are: moving one would take the keyboard's focus from it.
      const create = ({ basePath }) => {
        const field = choiceField((resolution) => session.choose(basePath, resolution));
        fields.set(basePath, field);
        return field.element;
      };
      keyed(
        choices,
        conflicts,
        ({ basePath }) => basePath,
        create,
        (_, conflict) => fields.get(conflict.basePath).show(conflict),
      );
      preview.replaceChildren(make('h3', {}, 'What will be saved'), previewOf(merged, undecided(conflicts)));
      const news = conflicts.filter(({ changed }) => changed).map(({ label }) => label);
      says.textContent = news.length === 0 ? '' : `Changed on the server while you were thinking: ${news.join(', ')}.`;
      for (const button of form.querySelectorAll('button')) button.disabled = status === 'submitting';
      if (status === 'open' && was === 'submitting') find('h2', form).focus(); // Something new came up.
      was = status;
    };
    const leave = session.subscribe(update);

    function close() {
      leave();
      dialog.close();
      current = undefined;
      next();
    }

    form.addEventListener('submit', (event) => {
      event.preventDefault();
      session.submit(); // What comes of it is told by the edit, and by the session's next snapshot.
    });
    dialog.oncancel = (event) => {
      event.preventDefault();
      if (session.getSnapshot().status === 'open') later();
    };
    update();
    dialog.replaceChildren(form);
    dialog.showModal();
    find('h2', dialog).focus();
  }

  return {
    /** @param isKept Its edit waits in an outbox. */
    open(name, session, isKept = false) {
      waiting.push({ name, session, isKept });
      next();
    },
  };
}

const undecided = (conflicts) => conflicts.filter(({ choice }) => choice === undefined).map(({ path }) => path);
