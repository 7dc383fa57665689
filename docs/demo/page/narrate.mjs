import { placeName } from './article.mjs';

const STATUS = {
  200: 'saved',
  201: 'created',
  204: 'done',
  404: 'not there',
  409: 'refused',
  412: 'stale',
  423: 'locked',
  428: 'needs a version',
};

const seconds = (ms) => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);
const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** One line of the timeline for what the network or the library told: `{ tone, mark, text }`, or nothing where there is nothing to say. */
export function narrate(told) {
  return SAYINGS[told.type]?.(told);
}

const SAYINGS = {
  request: ({ method, guard, status, version, body }) => {
    const what = guard === undefined ? method : `${method} if version ${guard}`;
    if (status === undefined) return { tone: 'bad', mark: 'lost', text: `${what}: no answer.` };
    const meaning = method === 'GET' && status === 200 ? `version ${version}` : (STATUS[status] ?? '');
    const detail =
      status >= 400 && status !== 412 && body?.detail
        ? ` ${body.detail.replace('/articles/engines', 'The article')}`
        : '';
    const landed = method !== 'GET' && status < 300 ? ` as version ${version}` : '';
    return {
      tone: status < 400 ? 'good' : 'bad',
      mark: String(status),
      text: `${what}: ${meaning}${landed}.${detail}`,
    };
  },
  wait: ({ ms, reason }) => {
    if (reason === 'backoff' && ms < 500) return undefined;
    const why = {
      lock: 'until the lock is released',
      'retry-after': 'as the server asks',
      backoff: 'before asking again',
    }[reason];
    return { tone: 'plain', mark: 'wait', text: `Waits ${seconds(ms)} ${why}.` };
  },
  rebase: ({ conflicts, resolved }) => {
    const names = (list) => [...new Set(list.map(({ path }) => placeName(path).toLowerCase()))].join(', ');
    if (conflicts.length > 0)
      return {
        tone: 'open',
        mark: 'rebase',
        text: `Both changed the same thing: ${names(conflicts)}. The dialog asks.`,
      };
    const rules = resolved.filter(({ by }) => by === 'rule');
    const settled = rules.length === 0 ? '' : ` Merged by rule: ${names(rules)}.`;
    return { tone: 'merged', mark: 'rebase', text: `The change is put on top of what is there now.${settled}` };
  },
  resolve: ({ answer, ms }) => ({
    tone: 'plain',
    mark: 'asked',
    text: `The dialog answered ${answer} after ${seconds(ms)}.`,
  }),
  kept: ({ error }) => ({ tone: 'plain', mark: 'kept', text: `${reasonOf(error)} The outbox keeps it.` }),
  'in-doubt': () => ({
    tone: 'open',
    mark: 'doubt',
    text: 'Was it saved? The client looks before it sends anything again.',
  }),
};

/** How an edit ended, in one sentence. */
export function ending({ attempts, rebased, alreadyApplied, version, isAnswered }) {
  if (alreadyApplied && isAnswered) return `Nothing left to send: version ${version} stands.`;
  if (alreadyApplied) return `It was saved already: version ${version}. Nothing was sent twice.`;
  const how = rebased ? ', rebased' : '';
  return `Saved as version ${version} with ${count(attempts, 'write')}${how}.`;
}

/** Why an edit of an outbox is not saved yet. */
export function reasonOf(error) {
  const say = {
    ERR_CONFLICT: () => 'Both changed it.',
    ERR_REFUSED: () => error.problem?.detail ?? 'The server refused it.',
    ERR_IN_DOUBT: () => 'The server does not answer.',
  }[error.code];
  return say?.() ?? error.message;
}

/** What a person is told when an edit could not be saved. */
export function complaint(error) {
  const say = {
    ERR_CONFLICT: () => 'Not saved: you decided to decide later. Your text is still here.',
    ERR_LOCKED: () => `Not saved: ${error.holder ?? 'somebody'} holds a lock. Your text is still here.`,
    ERR_REFUSED: () => `Not saved: ${error.problem?.detail ?? 'the server refused it.'} Your text is still here.`,
    ERR_IN_DOUBT: () => 'Nobody knows whether this was saved: the server does not answer. Save again when it does.',
    ERR_DISCARDED: () => 'Discarded.',
    ERR_RETRY_LIMIT: () => 'Not saved: others were faster every time. Your text is still here.',
  }[error.code];
  return say?.() ?? `Not saved: ${error.message}`;
}
