import { randomUUID } from 'node:crypto';
import { field } from 'unconflict';
import { losingFetch } from './losing-fetch.mjs';

/** Documents travel whole, by PUT. `_rev` goes back in the body, alone guards a create, and is called `rev` in a receipt. */
const OPTIONS = { version: field('/_rev', { create: 'none', written: '/rev' }), write: 'put' };

/** Any server that speaks CouchDB's protocol: CouchDB, PouchDB Server. Works in a database of its own, deleted at the end. */
export async function openCouchDB(address) {
  const { root, headers } = signedIn(address);
  const database = `${root}/unconflict-demo-${randomUUID()}`;
  const url = `${database}/engines`;
  const ask = async (method, target) => {
    const answer = await fetch(target, { method, headers });
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    throw new Error(`${method} ${target} was answered ${answer.status} ${text.trim()}${hint(answer.status)}`);
  };

  const name = nameOf(await ask('GET', `${root}/`));
  if (name === undefined) throw new Error(`${root} does not introduce itself as CouchDB or PouchDB Server.`);
  await ask('PUT', database);
  return {
    about: [`on ${name}: _rev in the body, whole documents by PUT`, database],
    url,
    options: { ...OPTIONS, headers },
    cannot: {
      locks: `${name} has no locks, so there is none to wait for.`,
      rules: `a rule that refuses a write cannot be put on ${name} from outside.`,
    },
    // The server is not ours to break, so the connection is.
    connect: () => losingFetch(fetch),
    read: () => ask('GET', url),
    history: async () => {
      const { _revs_info: revisions } = await ask('GET', `${url}?revs_info=true`);
      return Promise.all(revisions.toReversed().map(({ rev }) => ask('GET', `${url}?rev=${rev}`)));
    },
    close: once(() => ask('DELETE', database)),
  };
}

/** `fetch` refuses URLs with a password in them; so would whoever reads the screen. */
function signedIn(address) {
  const { origin, pathname, username, password } = new URL(address);
  const root = `${origin}${pathname.replace(/\/+$/, '')}`;
  if (username === '') return { root, headers: {} };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { root, headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
}

function nameOf(welcome) {
  if (welcome['express-pouchdb'] !== undefined) return 'PouchDB Server';
  return welcome.couchdb === undefined ? undefined : 'CouchDB';
}

function hint(status) {
  return status === 401 || status === 403 ? '\nMay this user create databases? http://user:password@host:port' : '';
}

/** Ctrl-C and the end of the story may both want to close. */
function once(work) {
  let running;
  return () => {
    running ??= work();
    return running;
  };
}
