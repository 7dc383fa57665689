import { find, keyed, make, setText } from './dom.mjs';

let added = 0;

/** A checklist whose items are known by id: each can be ticked, reworded, moved up and removed. */
export function checklistField(element, writer) {
  const list = find('ul', element);
  const itemOf = (draft, id) => draft.checklist.find((item) => item.id === id);

  const moveUp = (id) =>
    writer.change(({ checklist }) => {
      const place = checklist.findIndex((item) => item.id === id);
      if (place > 0) checklist.splice(place - 1, 0, ...checklist.splice(place, 1));
    });

  const remove = (id) => {
    writer.change((draft) => {
      draft.checklist = draft.checklist.filter((item) => item.id !== id);
    });
    find('.add-item', element).focus();
  };

  find('.add-item', element).addEventListener('click', () => {
    added += 1;
    const id = `${writer.name.toLowerCase()}-${Date.now().toString(36)}-${added}`;
    writer.change((draft) => void draft.checklist.push({ id, text: '', done: false }));
    find('input[type=text]', list.lastElementChild).focus();
  });

  const create = ({ id }) => {
    const done = make('input', { type: 'checkbox' });
    done.addEventListener('change', () =>
      writer.change((draft) => void Object.assign(itemOf(draft, id), { done: done.checked })),
    );
    const text = make('input', {
      type: 'text',
      autocomplete: 'off',
      spellcheck: false,
      placeholder: 'What is to be done',
    });
    text.addEventListener('input', () =>
      writer.change((draft) => void Object.assign(itemOf(draft, id), { text: text.value })),
    );
    const up = make('button', { type: 'button', className: 'icon up', onclick: () => moveUp(id) }, '↑');
    const gone = make('button', { type: 'button', className: 'icon', onclick: () => remove(id) }, '×');
    return make('li', {}, done, text, up, gone);
  };

  const update = (row, { text, done }) => {
    const [checkbox, field, up, gone] = row.children;
    const name = text === '' ? 'new item' : text;
    checkbox.checked = done;
    setText(field, text);
    checkbox.setAttribute('aria-label', `Done: ${name}`);
    field.setAttribute('aria-label', `Item: ${name}`);
    up.setAttribute('aria-label', `Move up: ${name}`);
    gone.setAttribute('aria-label', `Remove: ${name}`);
  };

  return { show: (items) => keyed(list, items, ({ id }) => id, create, update) };
}
