import { make } from './dom.mjs';

/** An article to read, not to edit. What is still to be decided, by its places, is shown as nobody's. */
export function previewOf({ title, body, tags, checklist, views }, undecided) {
  const isOpen = (place) => undecided.some((path) => path === place || path.startsWith(`${place}/`));
  const part = (member, text) => (isOpen(`/${member}`) ? make('em', {}, 'yours to decide') : text);
  return make(
    'div',
    { className: 'manuscript' },
    make('p', { className: 'title' }, part('title', title)),
    make('p', {}, part('body', body)),
    make(
      'ul',
      { className: 'plain' },
      ...checklist.map(({ text, done }, at) => make('li', {}, part(`checklist/${at}`, `${done ? '☑' : '☐'} ${text}`))),
    ),
    make('p', { className: 'note' }, part('tags', tags.join(', ')), ' · ', part('views', `${views} views`)),
  );
}
