/** The article as Ada creates it. */
export const FIRST_DRAFT = {
  title: 'On engines',
  status: 'draft',
  summary: '',
  paragraphs: ['An engine weaves patterns.', 'It has a mill and a store.'],
  tags: ['engine'],
  comments: [],
  claps: 0,
};

/** Shows the article without what a server keeps in it for itself (`_id`, `_rev`). */
export function showArticle(printer, article) {
  printer.document(Object.fromEntries(Object.entries(article).filter(([name]) => !name.startsWith('_'))));
}

/** How often a list holds an item. */
export const timesIn = (list, item) => list.filter((other) => other === item).length;
