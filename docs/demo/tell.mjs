import { showArticle } from './article.mjs';
import { count } from './layout.mjs';
import { CHAPTERS } from './story/index.mjs';
import { createTally } from './tally.mjs';
import { findLosses } from './verify.mjs';
import { createWriter } from './writer.mjs';

/**
 * Tells the whole story on one server, and looks at its end whether the server has everything.
 *
 * @returns one sentence for each edit that was lost or landed twice.
 */
export async function tell(server, printer) {
  const tally = createTally();
  const ledger = [];
  const stage = { server, printer, tally, ledger };
  const ada = createWriter('Ada', stage);
  const grace = createWriter('Grace', stage);
  try {
    printer.headline('unconflict: Ada and Grace edit one article', server.about);
    for (const [index, chapter] of CHAPTERS.entries()) {
      printer.chapter(index + 1, chapter.title);
      const obstacle = server.cannot[chapter.needs];
      if (obstacle === undefined) await chapter.play({ ...stage, ada, grace });
      else printer.note(`Skipped: ${obstacle}`);
    }
    return await close(stage);
  } finally {
    await Promise.all([ada.close(), grace.close()]);
  }
}

async function close({ server, printer, tally, ledger }) {
  const article = await server.read();
  const history = await server.history();
  const losses = findLosses(ledger, article, history);
  const made = ledger.reduce((sum, { expected }) => sum + expected, 0);

  printer.chapter('=', `What the server has, after ${count(history.length, 'version')}`);
  showArticle(printer, article);
  printer.line();
  printer.note(tally.words());
  for (const loss of losses) printer.verdict(false, loss);
  const good = losses.length === 0;
  const sum = good ? 'each is in the article, once. Edits lost: 0' : 'and not each is there once: see above';
  printer.verdict(good, `${count(made, 'edit')} made, ${sum}`);
  return losses;
}
