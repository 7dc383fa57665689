import { showArticle, timesIn } from '../article.mjs';
import { shortVersion } from '../layout.mjs';
import { bothRead } from './both-read.mjs';

const OPENING = 'A machine can be taught to count.';
const PLAN = 'It has a mill, a store and a plan.';

/** Grace's paragraph moves Ada's one place down: written again as it was, Ada's patch would hit the wrong one. */
export const differentPlaces = {
  title: 'Two edits in different places: both are saved',
  async play(stage) {
    const { printer, ada, grace } = stage;
    await bothRead(stage);
    await grace.edit('puts a paragraph in front', (article) => void article.paragraphs.unshift(OPENING), {
      times: ({ paragraphs }) => timesIn(paragraphs, OPENING),
    });
    const merged = await ada.edit(
      'rewrites the second paragraph and adds a tag',
      (article) => {
        article.paragraphs[1] = PLAN;
        article.tags.push('notes');
      },
      { times: ({ paragraphs, tags }) => Math.min(timesIn(paragraphs, PLAN), timesIn(tags, 'notes')) },
    );
    printer.step('Merged', `version ${shortVersion(merged.version)}`);
    showArticle(printer, merged.value);
  },
};
