import { FIRST_DRAFT, showArticle } from '../article.mjs';

export const create = {
  title: 'An article',
  async play({ printer, ada }) {
    printer.step('Ada', 'creates the article');
    await ada.article.create(FIRST_DRAFT);
    showArticle(printer, FIRST_DRAFT);
  },
};
