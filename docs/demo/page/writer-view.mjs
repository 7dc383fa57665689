import { LABELS, MEMBERS, same } from './article.mjs';
import { checklistField } from './checklist-field.mjs';
import { find, setText } from './dom.mjs';
import { tagsField } from './tags-field.mjs';

/** The editor of one person. Shows the draft, tells what they type, and says beside each field where its value comes from. */
export function writerView(writer, { onSave, onDiscard }) {
  const section = find('#writer-template').content.firstElementChild.cloneNode(true);
  const id = writer.name.toLowerCase();
  const within = (selector) => find(selector, section);
  section.id = id;
  section.setAttribute('aria-labelledby', `${id}-name`);
  // One template, two people: what is named in it once needs a name for each.
  for (const attribute of ['id', 'for', 'aria-describedby']) {
    for (const element of section.querySelectorAll(`[${attribute}]`)) {
      element.setAttribute(attribute, `${id}-${element.getAttribute(attribute)}`);
    }
  }
  Object.assign(within('h2'), { id: `${id}-name`, textContent: writer.name });

  const buttons = [within('.primary'), within('.discard')];
  const canSave = () => buttons[0].getAttribute('aria-disabled') === 'false';
  const title = within('[data-member=title] input');
  const body = within('textarea');
  const tags = tagsField(within('.tags'), writer);
  const checklist = checklistField(within('[data-member=checklist]'), writer);
  title.addEventListener('input', () => writer.draft.set('/title', title.value));
  body.addEventListener('input', () => writer.draft.set('/body', body.value));
  within('.add-view').addEventListener('click', () => writer.draft.set('/views', writer.value.views + 1));
  within('.undo').addEventListener('click', () => writer.draft.undo());
  within('.redo').addEventListener('click', () => writer.draft.redo());
  const autosave = within('.autosave input');
  autosave.addEventListener('change', () => writer.autosave(autosave.checked));
  within('form').addEventListener('submit', (event) => {
    event.preventDefault();
    if (canSave()) onSave();
  });
  within('.discard').addEventListener('click', () => canSave() && onDiscard());

  /** Where each member's value comes from, after a save: 'remote' or 'merged'. Typing in it ends that. */
  let origins = {};
  let onServer;

  function show() {
    const { base, value, patch, status, conflicts, canUndo, canRedo } = writer.draft;
    if (value === undefined) return;
    setText(title, value.title);
    setText(body, value.body);
    tags.show(value.tags);
    checklist.show(value.checklist);
    within('output').textContent = value.views;
    const isBehind = onServer !== undefined && onServer !== base.version;
    within('.version').textContent = `read version ${base.version}${isBehind ? `, the server has ${onServer}` : ''}`;
    within('.version').classList.toggle('is-behind', isBehind);
    for (const member of MEMBERS)
      showOrigin(member, isIn(patch, member) ? (isIn(conflicts, member) ? 'open' : 'local') : origins[member]);
    const isSaving = status === 'saving';
    const isDirty = patch.length > 0;
    // Not `disabled`: that would take the keyboard's focus away in the middle of saving.
    for (const button of buttons) disable(button, isSaving || !isDirty);
    disable(within('.undo'), !canUndo);
    disable(within('.redo'), !canRedo);
    section.setAttribute('aria-busy', String(isSaving));
    if (isSaving) say('Saving …');
    else if (isDirty) say(autosave.checked ? 'Saves in a moment.' : 'Not saved yet.');
    else if (UNSAVED.includes(within('.says').textContent)) say('');
  }

  function showOrigin(member, origin) {
    const field = within(`[data-member=${member}]`);
    field.dataset.origin = origin ?? '';
    find('.origin', field).textContent =
      { local: 'changed', open: 'changed by both', remote: 'from the server', merged: 'merged' }[origin] ?? '';
  }

  const say = (text) => {
    within('.says').textContent = text;
  };

  writer.subscribe(show);
  return {
    section,
    /** After a save: marks what came from the server, and what both changed. */
    saved(from, made, attempts) {
      const { value, status } = writer.draft;
      within('.trouble').textContent = '';
      origins = Object.fromEntries(
        MEMBERS.filter((member) => !same(value[member], made[member])).map((member) => [
          member,
          same(made[member], from[member]) ? 'remote' : 'merged',
        ]),
      );
      show();
      const theirs = Object.keys(origins).map((member) => LABELS[member].toLowerCase());
      const news = theirs.length === 0 ? '' : ` New from others: ${theirs.join(', ')}.`;
      if (status === 'clean') say(`Saved${attempts > 1 ? ` at the ${ordinal(attempts)} attempt` : ''}.${news}`);
    },
    /** The version that the server holds by now, for the page to tell; the library learns of it only when it asks. */
    serverIs(version) {
      onServer = version;
      show();
    },
    trouble(sentence) {
      within('.trouble').textContent = sentence;
      say('');
      show();
    },
    fresh() {
      origins = {};
      within('.trouble').textContent = '';
      show();
      say('');
    },
  };
}

const UNSAVED = ['Not saved yet.', 'Saves in a moment.', 'Saving …'];

/** Whether one of these is about a place in this member. */
const isIn = (list, member) => list.some(({ path }) => path.split('/')[1] === member);

const disable = (button, isDisabled) => button.setAttribute('aria-disabled', String(isDisabled));

const ordinal = (count) => ['', 'first', 'second', 'third', 'fourth', 'fifth'][count] ?? `${count}th`;
