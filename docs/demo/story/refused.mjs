import { RefusedError } from 'unconflict';
import { patchRows } from '../layout.mjs';
import { bothRead } from './both-read.mjs';

const SUMMARY = 'What an engine may be told, and by whom.';

const needsSummary = (next) =>
  next?.status === 'published' && next.summary === ''
    ? { status: 409, title: 'Not ready', code: 'summary-missing', detail: 'A published article needs a summary.' }
    : undefined;

/** The same status as a stale write. What tells them apart is the version: it has not moved, so nobody was faster. */
export const refused = {
  title: 'A rule of the server: explained, and not retried',
  needs: 'rules',
  async play(stage) {
    const { server, printer, ada, ledger } = stage;
    server.refuse(needsSummary);
    await bothRead(stage);
    const publish = (article) => {
      article.status = 'published';
    };
    try {
      printer.step('Ada', 'publishes the article');
      await ada.article.edit(publish);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      printer.detail('refused', `${error.code}: the version has not moved, so this is a rule:`, 'yellow');
      printer.detail('', `"${error.problem?.detail}"`, 'yellow');
      printer.detail('kept', patchRows(error.edit.patch));
    }
    ledger.push({
      who: 'Ada',
      what: 'publishes without a summary',
      times: ({ status, summary }) => Number(status === 'published' && summary === ''),
      expected: 0,
    });
    await ada.edit(
      'writes a summary and publishes',
      (article) => {
        article.summary = SUMMARY;
        publish(article);
      },
      { times: ({ status, summary }) => Number(status === 'published' && summary === SUMMARY) },
    );
  },
};
