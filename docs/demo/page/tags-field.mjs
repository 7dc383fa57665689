import { find, keyed, make } from './dom.mjs';

/** Tags as chips, each with a button that removes it, and a field that adds one with Enter. */
export function tagsField(element, writer) {
  const list = find('ul', element);
  const input = find('input', element);

  const remove = (tag) => {
    writer.change((draft) => {
      draft.tags = draft.tags.filter((other) => other !== tag);
    });
    input.focus();
  };

  /** Makes a tag of what stands in the field. */
  const add = () => {
    const tag = input.value.trim();
    input.value = '';
    if (tag !== '' && !writer.value.tags.includes(tag)) writer.change((draft) => void draft.tags.push(tag));
  };
  input.addEventListener('change', add);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault(); // Enter would save the whole article.
    add();
  });

  const chip = (tag) =>
    make(
      'li',
      {},
      make('span', {}, tag),
      make(
        'button',
        { type: 'button', className: 'remove', 'aria-label': `Remove the tag ${tag}`, onclick: () => remove(tag) },
        '×',
      ),
    );
  return {
    show: (tags) =>
      keyed(
        list,
        tags,
        (tag) => tag,
        chip,
        () => {},
      ),
  };
}
