/**
 * Scenes that play by themselves. Each gets the two writers, `save` (which never throws: the page shows what went wrong) and `press`
 * for the server's buttons. `pause` is there so that one can follow.
 */
export const SCENES = [
  {
    name: 'Different fields',
    note: 'Ada rewrites the title; Grace ticks an item and adds a tag. Grace is late, and nobody is asked anything.',
    async play({ ada, grace, save, pause }) {
      ada.type((draft) => Object.assign(draft, { title: 'On engines that count' }));
      grace.type((draft) => {
        draft.checklist[1].done = true;
        draft.tags.push('mathematics');
      });
      await pause();
      await save(ada);
      await pause();
      await save(grace);
    },
  },
  {
    name: 'Same text, other words',
    note: 'Both work on one paragraph and one counter: text() merges word by word, counter() adds both up.',
    async play({ ada, grace, save, pause }) {
      ada.type((draft) => {
        draft.body = draft.body.replace('flowers and leaves', 'flowers, leaves and birds');
        draft.views += 1;
      });
      grace.type((draft) => {
        draft.body = draft.body.replace('where numbers are worked', 'where numbers are ground');
        draft.views += 2;
      });
      await pause();
      await save(ada);
      await pause();
      await save(grace);
    },
  },
  {
    name: 'Same title',
    note: 'Both rename the article. No rule can know who is right, so Grace is asked.',
    async play({ ada, grace, save, pause }) {
      ada.type((draft) => {
        draft.title = 'On engines that count';
        draft.tags.push('counting');
      });
      grace.type((draft) => {
        draft.title = 'The mill and the store';
        draft.views += 1;
      });
      await pause();
      await save(ada);
      await pause();
      await save(grace);
    },
  },
  {
    name: 'A lock',
    note: 'Emmy holds a lock. The change is fine as it is: it waits, and the same bytes go out again.',
    async play({ ada, save, press, pause }) {
      ada.type((draft) => Object.assign(draft.checklist[2], { done: true }));
      await press('lock');
      await pause();
      await save(ada);
    },
  },
  {
    name: 'A lost answer',
    note: 'The write lands, and its answer never arrives. Ada’s client looks before it sends anything again.',
    async play({ ada, save, press, pause }) {
      ada.type((draft) => draft.checklist.push({ id: 'index', text: 'Make an index', done: false }));
      await press('lose');
      await pause();
      await save(ada);
    },
  },
  {
    name: 'Offline for a while',
    note: 'The network is gone for three seconds. The change waits, and lands once.',
    async play({ ada, save, press, pause }) {
      ada.type((draft) => Object.assign(draft, { body: `${draft.body} It does not tire.` }));
      await press('offline');
      await pause();
      const back = new Promise((resolve) => setTimeout(resolve, 3_000)).then(() => press('online'));
      await Promise.all([save(ada), back]);
    },
  },
];
