/**
 * Scenes that play by themselves. Each gets the drafts of two people, whose `save` never rejects here (the page shows what went wrong), the
 * edits of a third, and `press` for the server's buttons. `pause` is there so that one can follow.
 */
export const SCENES = [
  {
    name: 'Different fields',
    note: 'Ada rewrites the title; Grace ticks an item and adds a tag. Grace is late, and nobody is asked anything.',
    async play({ ada, grace, pause }) {
      ada.change((article) => {
        article.title = 'On engines that count';
      });
      grace.change((article) => {
        article.checklist[1].done = true;
        article.tags.push('mathematics');
      });
      await pause();
      await ada.save();
      await pause();
      await grace.save();
    },
  },
  {
    name: 'Same text, other words',
    note: 'Both work on one paragraph and one counter: text() merges word by word, counter() adds both changes.',
    async play({ ada, grace, pause }) {
      ada.change((article) => {
        article.body = article.body.replace('flowers and leaves', 'flowers, leaves and birds');
        article.views += 1;
      });
      grace.change((article) => {
        article.body = article.body.replace('where numbers are worked', 'where numbers are ground');
        article.views += 2;
      });
      await pause();
      await ada.save();
      await pause();
      await grace.save();
    },
  },
  {
    name: 'Same title',
    note: 'Both rename the article. No rule can know who is right, so Grace is asked.',
    async play({ ada, grace, pause }) {
      ada.change((article) => {
        article.title = 'On engines that count';
        article.tags.push('counting');
      });
      grace.change((article) => {
        article.title = 'The mill and the store';
        article.views += 1;
      });
      await pause();
      await ada.save();
      await pause();
      await grace.save();
    },
  },
  {
    name: 'A lock',
    note: 'Emmy holds a lock. The change is still right, so the client waits and sends the same again.',
    async play({ ada, press, pause }) {
      ada.change((article) => {
        article.checklist[2].done = true;
      });
      await press('lock');
      await pause();
      await ada.save();
    },
  },
  {
    name: 'A lost answer',
    note: 'The save arrives, but its answer gets lost. Ada’s client looks before it sends anything again.',
    async play({ ada, press, pause }) {
      ada.change((article) => {
        article.checklist.push({ id: 'index', text: 'Make an index', done: false });
      });
      await press('lose');
      await pause();
      await ada.save();
    },
  },
  {
    name: 'Offline for a while',
    note: 'The network is gone for three seconds. The change waits, and is saved once.',
    async play({ ada, press, pause }) {
      ada.change((article) => {
        article.body += ' It does not tire.';
      });
      await press('offline');
      await pause();
      const back = new Promise((resolve) => setTimeout(resolve, 3_000)).then(() => press('online'));
      await Promise.all([ada.save(), back]);
    },
  },
  {
    name: 'On a train',
    note: 'Mary edits without a network, and Emmy saves meanwhile. The outbox keeps each edit until the server has it: reload the page while it is offline.',
    async play({ mary, press, pause }) {
      await press('offline');
      mary.edit((article) => {
        article.title = 'On engines, from a train';
      });
      await pause();
      mary.edit((article) => {
        article.checklist[1].done = true;
        article.views += 1;
      });
      await press('meanwhile');
      await pause();
      await pause();
      await pause();
      await press('online');
      await mary.saved();
    },
  },
];

/** What a scene does, as it would be written in an application. */
export function codeOf({ play }) {
  const lines = play.toString().split('\n').slice(1, -1);
  const steps = lines.filter((line) => !/pause\(\)|saved\(\)/.test(line)).map((line) => line.slice(6));
  const people = Object.keys(MADE).filter((name) => steps.some((line) => line.includes(`${name}.`)));
  return [...people.map((name) => MADE[name]), '', ...steps].join('\n');
}

const MADE = {
  ada: "const ada = adasClient.resource('articles/engines').draft();",
  grace: "const grace = gracesClient.resource('articles/engines').draft();",
  mary: "const mary = marysClient.resource('articles/engines'); // its client has an outbox",
};
