import { FIRST_ARTICLE } from './first-article.mjs';

export const PATH = '/articles/engines';
const WRITES = { method: ['PUT', 'PATCH', 'DELETE'], path: PATH };
/** Long enough to see the waiting, short enough to wait for. */
const LOCK_MS = 3_000;

/**
 * The desk next to the server: its buttons make the server do what servers do. `POST /desk/<button>` presses one, `GET /desk` tells how
 * things stand. It uses nothing but the conflict server that the package brings for tests.
 */
export function openDesk(backend) {
  let offline = false;
  let lockedUntil = 0;
  let takeRuleAway;
  let losing;
  let meanwhile;
  let additions = 0;

  const buttons = {
    /** Somebody else saves just before the next write arrives. */
    meanwhile() {
      meanwhile?.cancel();
      meanwhile = backend.fault({ kind: 'meanwhile', on: WRITES, run: emmySaves });
    },
    /** Somebody else renames the article at once, and each time otherwise. */
    rename() {
      additions += 1;
      backend.edit(PATH, (article) => {
        article.title = `Emmy’s title, no. ${additions}`;
      });
    },
    lock() {
      lockedUntil = Date.now() + LOCK_MS;
      backend.lock(PATH, { holder: 'Emmy', for: LOCK_MS });
    },
    unlock() {
      lockedUntil = 0;
      backend.unlock(PATH);
    },
    /** The next write is committed, and the connection breaks before anybody hears of it. */
    lose() {
      losing?.cancel();
      losing = backend.fault({ kind: 'lose-answer', on: WRITES });
    },
    /** A business rule: no version moves, and trying again would not help. */
    refuse() {
      takeRuleAway ??= backend.refuse(PATH, () => ({
        code: 'article-published',
        detail: 'The article is published. Published articles are not changed.',
      }));
    },
    allow() {
      takeRuleAway?.();
      takeRuleAway = undefined;
    },
    offline() {
      offline = true;
    },
    online() {
      offline = false;
    },
    /** The article as it was in the beginning, as a new version, and a server that does as it is told. */
    reset() {
      buttons.unlock();
      buttons.allow();
      buttons.online();
      losing?.cancel();
      meanwhile?.cancel();
      backend.seed(PATH, FIRST_ARTICLE);
    },
  };

  function emmySaves() {
    additions += 1;
    backend.edit(PATH, (article) => {
      article.checklist.unshift({ id: `emmy-${additions}`, text: 'Check the dates', done: false });
      article.body = `${article.body} It never grows tired.`;
      article.views += 1;
    });
  }

  function state() {
    return {
      ...backend.get(PATH),
      lockedFor: Math.max(0, lockedUntil - Date.now()),
      meanwhile: meanwhile !== undefined && !meanwhile.spent,
      lose: losing !== undefined && !losing.spent,
      refuse: takeRuleAway !== undefined,
      offline,
    };
  }

  backend.seed(PATH, FIRST_ARTICLE);
  return {
    get offline() {
      return offline;
    },
    answer(method, pathname) {
      const button = pathname.slice('/desk/'.length);
      if (method === 'POST' && Object.hasOwn(buttons, button)) buttons[button]();
      else if (method !== 'GET' || pathname !== '/desk')
        return json(404, { detail: `There is no ${method} ${pathname} here.` });
      return json(200, state());
    },
  };
}

const json = (status, value) => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});
