import { timesIn } from '../article.mjs';
import { bothRead } from './both-read.mjs';

const COMMENT = 'Well counted!';

/** Sent again without a look, the comment would be there twice. */
export const lostAnswer = {
  title: 'A lost answer: the client looks, and nothing is saved twice',
  async play(stage) {
    const { printer, grace } = stage;
    await bothRead(stage);
    grace.loseNextAnswer();
    const result = await grace.edit(
      'comments, and the answer gets lost on its way back',
      (article) => void article.comments.push(COMMENT),
      {
        times: ({ comments }) => timesIn(comments, COMMENT),
      },
    );
    if (result.alreadyApplied) printer.detail('saved', 'it is there already: nothing is sent again', 'green');
  },
};
