import { timesIn } from '../article.mjs';
import { bothRead } from './both-read.mjs';

/** ms. Under a second, which is what Retry-After counts in. */
const LOCK = 900;

export const locked = {
  title: 'A lock: the client waits, and sends the same again',
  needs: 'locks',
  async play(stage) {
    const { server, printer, ada } = stage;
    await bothRead(stage);
    printer.step('Grace', `locks the article for ${LOCK / 1000} s`);
    server.lock({ holder: 'Grace', for: LOCK });
    await ada.edit('adds a tag', (article) => void article.tags.push('history'), {
      times: ({ tags }) => timesIn(tags, 'history'),
    });
  },
};
