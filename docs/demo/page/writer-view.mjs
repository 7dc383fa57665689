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
  title.addEventListener('input', () => writer.type((draft) => Object.assign(draft, { title: title.value })));
  body.addEventListener('input', () => writer.type((draft) => Object.assign(draft, { body: body.value })));
  within('.add-view').addEventListener('click', () =>
    writer.type((draft) => Object.assign(draft, { views: draft.views + 1 })),
  );
  within('form').addEventListener('submit', (event) => {
    event.preventDefault();
    if (canSave()) onSave();
  });
  within('.discard').addEventListener('click', () => canSave() && onDiscard());

  /** Where each member's value comes from, after a save: 'remote' or 'merged'. Typing in it ends that. */
  let origins = {};
  let onServer;

  function show() {
    const { base, draft, saving } = writer;
    if (draft === undefined) return;
    setText(title, draft.title);
    setText(body, draft.body);
    tags.show(draft.tags);
    checklist.show(draft.checklist);
    within('output').textContent = draft.views;
    const isBehind = onServer !== undefined && onServer !== base.version;
    within('.version').textContent = `read version ${base.version}${isBehind ? `, the server has ${onServer}` : ''}`;
    within('.version').classList.toggle('is-behind', isBehind);
    for (const member of MEMBERS)
      showOrigin(member, same(draft[member], base.value[member]) ? origins[member] : 'local');
    const dirty = !same(draft, base.value);
    // Not `disabled`: that would take the keyboard's focus away in the middle of saving.
    for (const button of buttons) button.setAttribute('aria-disabled', String(saving || !dirty));
    section.setAttribute('aria-busy', String(saving));
    if (saving) say('Saving …');
    else if (dirty) say('Not saved yet.');
    else if (within('.says').textContent === 'Not saved yet.') say('');
  }

  function showOrigin(member, origin) {
    const field = within(`[data-member=${member}]`);
    field.dataset.origin = origin ?? '';
    find('.origin', field).textContent =
      { local: 'changed', remote: 'from the server', merged: 'merged' }[origin] ?? '';
  }

  const say = (text) => {
    within('.says').textContent = text;
  };

  writer.subscribe(show);
  return {
    section,
    /** After a save: marks what came from the server, and what both changed. */
    saved(from, made, { value, attempts }) {
      within('.trouble').textContent = '';
      origins = Object.fromEntries(
        MEMBERS.filter((member) => !same(value[member], made[member])).map((member) => [
          member,
          same(made[member], from[member]) ? 'remote' : 'merged',
        ]),
      );
      show();
      const theirs = Object.keys(origins).map((member) => LABELS[member].toLowerCase());
      const news = theirs.length === 0 ? '' : ` New here: ${theirs.join(', ')}.`;
      if (!writer.saving) say(`Saved${attempts > 1 ? ` at the ${ordinal(attempts)} attempt` : ''}.${news}`);
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

const ordinal = (count) => ['', 'first', 'second', 'third', 'fourth', 'fifth'][count] ?? `${count}th`;
