/**
 * Makes an element: `make('button', { type: 'button', onclick }, 'Save')`. Names that the element has as a property are set as
 * properties, the others (`aria-…`, `for`) as attributes. Text is always text, never markup.
 */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

export const find = (selector, within = document) => within.querySelector(selector);

/** Brings a list of elements in line with items, by key: an element stays the same one, with its focus, as long as its item is there. */
export function keyed(list, items, keyOf, create, update) {
  const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const element = known.get(key) ?? create(item);
    element.dataset.key = key;
    update(element, item);
    return element;
  });
  for (const child of [...list.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((element, place) => {
    if (list.children[place] !== element) list.insertBefore(element, list.children[place] ?? null);
  });
}

/** Sets a text field without moving the cursor of somebody who is typing the very same. */
export function setText(field, text) {
  if (field.value !== text) field.value = text;
}
