import { make } from './dom.mjs';

/** An article to read, not to edit. */
export function previewOf({ title, body, tags, checklist, views }) {
  return make(
    'div',
    { className: 'manuscript' },
    make('p', { className: 'title' }, title),
    make('p', {}, body),
    make(
      'ul',
      { className: 'plain' },
      ...checklist.map(({ text, done }) => make('li', {}, `${done ? '☑' : '☐'} ${text}`)),
    ),
    make('p', { className: 'note' }, `${tags.join(', ')} · ${views} views`),
  );
}
