/** The article that Ada and Grace find. */
export const FIRST_ARTICLE = {
  title: 'On engines',
  body: 'An engine weaves patterns as a loom weaves flowers and leaves. It has a mill, where numbers are worked, and a store, where they are kept.',
  tags: ['engines', 'history'],
  checklist: [
    { id: 'sources', text: 'List the sources', done: true },
    { id: 'figure', text: 'Draw the mill and the store', done: false },
    { id: 'proof', text: 'Have somebody proofread it', done: false },
  ],
  views: 7,
};
