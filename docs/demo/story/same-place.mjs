import { bothRead } from './both-read.mjs';

/** What a dialog would ask Ada; here a resolver answers for her, with a title that has both changes in it. */
function ask(printer) {
  return ({ conflicts }) => {
    const resolutions = conflicts.map((conflict) => {
      const { base, local, remote, basePath } = conflict;
      const value = `Notes ${remote.value[0].toLowerCase()}${remote.value.slice(1)}`;
      printer.detail('resolver', `${basePath} was ${JSON.stringify(base.value)}`);
      printer.detail('', `Ada    ${JSON.stringify(local.value)}`);
      printer.detail('', `Grace  ${JSON.stringify(remote.value)}`);
      printer.detail('answers', JSON.stringify(value), 'green');
      return [basePath, { value }];
    });
    return { resolutions: Object.fromEntries(resolutions) };
  };
}

export const samePlace = {
  title: 'Two edits of one title: a resolver decides',
  async play(stage) {
    const { printer, ada, grace } = stage;
    await bothRead(stage);
    await grace.edit(
      'makes the title longer',
      (article) => {
        article.title = 'On engines that count';
      },
      { times: ({ title }) => Number(title.endsWith('n engines that count')) },
    );
    await ada.edit(
      'gives it another beginning',
      (article) => {
        article.title = 'Notes on engines';
      },
      { times: ({ title }) => Number(title.startsWith('Notes on engines')), resolve: ask(printer) },
    );
  },
};
