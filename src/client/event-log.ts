import type { ClientEvent } from '../contract/events.js';
import type { Logger } from './options/client-options.js';

type Level = keyof Logger;

/**
 * One line that an operator can read. Neither bodies nor headers. Gives back what the logger gives: it may be a promise that rejects.
 *
 * @param shown Words without secrets. Handed over, because what is imported from here and at once would be a file of its own.
 */
export function logEvent(logger: Logger, event: ClientEvent, shown: (words: string) => string): unknown {
  const [level, words] = lineOf(event);
  // Some of the words are a server's: they cannot end the line or start one of their own.
  const harmless = shown(words).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return logger[level](`unconflict ${event.url} [${event.editId.slice(0, 8)}] ${harmless}`);
}

const UNGUARDED: Readonly<Record<Extract<ClientEvent, { type: 'unguarded' }>['reason'], string>> = {
  'not-read': 'what it was made from was not read with this client',
  'part-read': 'only a part of it was read with this client',
  'no-version': 'it was read, and no version was named',
  unversioned: 'unversioned()',
};

function lineOf(event: ClientEvent): readonly [Level, string] {
  switch (event.type) {
    case 'queued': {
      const by = event.origin === 'person' ? '' : ` by ${event.origin}`;
      return ['debug', `${event.kind} of ${counted(event.operations, 'operation')}${by} is next or waits its turn`];
    }
    case 'attempt':
      return ['debug', `attempt ${event.attempt}: ${event.method} on version ${event.version ?? 'none'}`];
    case 'stale':
    case 'locked':
    case 'gone':
    case 'exists':
    case 'refused': {
      const words = event.problem?.detail ?? event.problem?.title ?? event.problem?.code;
      const line = `attempt ${event.attempt}: ${event.status}, ${event.type}${words === undefined ? '' : `: ${words}`}`;
      return [event.type === 'stale' ? 'info' : 'warn', line];
    }
    case 'refetch':
      return [
        'debug',
        `latest is version ${event.version ?? 'none'}${event.fromConflictBody ? ', told by the refusal' : ''}`,
      ];
    case 'rebase': {
      const { operations, conflicts, resolved, ms } = event;
      const paths = conflicts.map((conflict) => conflict.path).join(', ');
      const open = conflicts.length === 0 ? '' : `, ${conflicts.length} open at ${paths}`;
      return ['info', `rebased in ${ms} ms: ${counted(operations, 'operation')}, ${resolved.length} settled${open}`];
    }
    case 'resolve':
      return ['info', `the resolver answered ${event.answer} after ${event.ms} ms`];
    case 'wait':
      return ['debug', `waits ${event.ms} ms (${event.reason})`];
    case 'unguarded': {
      const level = event.reason === 'unversioned' ? 'debug' : 'warn';
      return [level, `${event.method} without a precondition: ${UNGUARDED[event.reason]}`];
    }
    case 'in-doubt':
      return ['warn', `attempt ${event.attempt}: nobody knows yet whether it was saved: ${String(event.cause)}`];
    case 'accepted': {
      const how = event.alreadyApplied ? 'already there' : event.rebased ? 'saved on a later version' : 'saved';
      return ['info', `${how}: ${counted(event.attempts, 'attempt')}, ${event.ms} ms`];
    }
    case 'storage':
      return ['error', event.error.message];
    case 'rejected':
      return ['error', `failed after ${counted(event.attempts, 'attempt')}, ${event.ms} ms: ${event.error.message}`];
  }
}

function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
