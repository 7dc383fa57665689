import { counter, list, set, text } from 'unconflict';

export const ARTICLE_URL = new URL('/api/articles/engines', location.href).href;

/** What to do where both changed one thing. The title has no rule: there, a person is asked. */
export const MERGE = {
  '/body': text(),
  '/tags': set(),
  '/checklist': list({ key: 'id' }),
  '/views': counter(),
};

export const MEMBERS = ['title', 'body', 'tags', 'checklist', 'views'];
export const LABELS = { title: 'Title', body: 'Text', tags: 'Tags', checklist: 'Checklist', views: 'Views' };

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** A name for a place in the article: `/checklist/2/text` is "Checklist: Draw the mill". */
export function placeName(pointer, article) {
  const [member, index] = pointer.slice(1).split('/');
  const item = member === 'checklist' ? article?.checklist?.[index]?.text : undefined;
  return [LABELS[member] ?? 'The whole article', item].filter((part) => part !== undefined).join(': ');
}
