import { placeName } from './article.mjs';
import { find, keyed, make, setText } from './dom.mjs';
import { reasonOf } from './narrate.mjs';

const TONES = { sending: 'local', refused: 'bad', conflicted: 'open', 'in-doubt': 'open' };

/** What somebody on a train sees: the article in short, and what waits in the outbox. */
export function travellerView(traveller, { onDecide }) {
  const section = find('#train');
  const within = (selector) => find(selector, section);
  const { article, outbox } = traveller;
  const title = within('input');
  const entries = within('ol');

  within('form').addEventListener('submit', (event) => {
    event.preventDefault();
    traveller.edit((draft) => void Object.assign(draft, { title: title.value }));
  });
  within('.count').addEventListener('click', () =>
    traveller.edit((draft) => {
      draft.views += 1;
    }),
  );
  within('.tick').addEventListener('click', () =>
    traveller.edit(({ checklist }) => {
      const item = checklist.find(({ done }) => !done) ?? checklist[0];
      if (item !== undefined) item.done = !item.done;
    }),
  );

  function showArticle() {
    const { value } = article;
    for (const control of section.querySelectorAll('form *, .row button')) control.disabled = value === undefined;
    if (value === undefined) return;
    // A title that is being typed stays.
    if (document.activeElement !== title) setText(title, value.title);
    const ticked = value.checklist.filter(({ done }) => done).length;
    within('.seen').textContent =
      `${value.views} views, ${ticked} of ${value.checklist.length} items ticked. Tags: ${value.tags.join(', ')}.`;
  }

  const create = ({ id }) => {
    const act = (text, onclick) => make('button', { type: 'button', className: 'quiet', onclick }, text);
    const entry = () => outbox.entries.find((other) => other.id === id);
    return make(
      'li',
      { className: 'kept' },
      make('span', { className: 'mark' }),
      make('p', {}, make('span', { className: 'what' }), make('span', { className: 'note' })),
      make(
        'div',
        { className: 'acts' },
        act('Decide', () => onDecide(entry().session)),
        act('Try now', () => outbox.retry(id)),
        act('Discard', () => outbox.discard(id)),
      ),
    );
  };

  const update = (row, { state, patch, error, session }) => {
    const what = patch.map(inWords).join(', ');
    row.className = `kept is-${TONES[state] ?? 'plain'}`;
    find('.mark', row).textContent = state;
    find('.what', row).textContent = what;
    find('.note', row).textContent = error === undefined ? '' : reasonOf(error);
    const [decide, retry, discard] = row.querySelectorAll('button');
    decide.hidden = session === undefined;
    retry.hidden = state === 'sending' || session !== undefined;
    for (const button of [decide, retry, discard]) button.setAttribute('aria-label', `${button.textContent}: ${what}`);
  };

  const inWords = ({ path, value }) =>
    [placeName(path, article.value), ...(typeof value === 'string' ? [value] : [])].join(': ');

  function showEntries() {
    const { length } = outbox.entries;
    within('.version').textContent =
      length === 0 ? 'nothing waits' : `${length} ${length === 1 ? 'edit' : 'edits'} not saved`;
    within('.version').classList.toggle('is-behind', length > 0);
    keyed(entries, outbox.entries, ({ id }) => id, create, update);
  }

  article.subscribe(showArticle);
  outbox.subscribe(showEntries);
  showArticle();
  showEntries();
  return { section };
}
