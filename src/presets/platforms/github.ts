import type { ResourceOptions, WriteEdit, WriteRequest } from '../../contract/resource-options.js';
import type { JsonValue } from '../../core/json.js';
import type { ServerAnswer, Verdict } from '../../protocol/answer.js';
import { problemOf } from '../../protocol/verdict/problem.js';
import { field } from '../../protocol/versions/field.js';
import { fromBase64, toBase64 } from '../parts/base64.js';
import { envelope, inside } from '../parts/envelope.js';
import { preset } from '../parts/preset.js';
import { guardOf, jsonRequest } from '../parts/request.js';

/** A file without `sha` is create-only by itself; a write's answer has it in `content`. */
const version = field('/sha', { create: 'none', written: '/content/sha' });

/** Options of {@link github}. */
export interface GithubOptions<T = JsonValue> extends ResourceOptions<T> {
  /** The commit message. Default: the path and what was done, for example `Update config/app.json`. */
  readonly message?: string | ((edit: WriteEdit<T>) => string);
  /** The branch written to. Default: the repository's default branch. Read the same one with `?ref=`. */
  readonly branch?: string;
  /** What the file holds: JSON (default), written with two spaces and a last line break, or text, which makes the value one string. */
  readonly content?: 'json' | 'text';
}

/**
 * Files in a GitHub repository, up to 1 MB: `sha` goes back in the body of a commit; 409 is stale, and 422 where `sha` is missing. The value is what the file holds.
 *
 * @example
 * ```ts
 * import { createClient } from 'unconflict';
 * import { github } from 'unconflict/presets';
 * const client = createClient({ resources: { '/repos/:owner/:repo/contents/*': github({ branch: 'main' }) } });
 * ```
 * @see GitHub documentation, "REST API endpoints for repository contents"
 */
export function github<T = JsonValue>({
  message,
  branch,
  content = 'json',
  ...overrides
}: GithubOptions<T> = {}): ResourceOptions<T> {
  const toText = (value: unknown): string =>
    content === 'text' ? String(value) : `${JSON.stringify(value, null, 2)}\n`;
  const write = (edit: WriteEdit<T>): WriteRequest => {
    const commit = {
      message: typeof message === 'function' ? message(edit) : (message ?? messageOf(edit)),
      ...(branch === undefined ? {} : { branch }),
    };
    const guard = guardOf(version, edit);
    if (edit.kind === 'delete') return jsonRequest({ method: 'DELETE', url: edit.url, value: commit, guard });
    return jsonRequest({
      method: 'PUT',
      url: edit.url,
      value: { ...commit, content: toBase64(toText(edit.local)) },
      guard,
    });
  };
  const body = envelope<T>((answer) => {
    const text = textOf(answer);
    return text === undefined || content === 'text' ? text : JSON.parse(text);
  });
  return preset<T>({ version, write, body, classify, headers: { Accept: 'application/vnd.github+json' } }, overrides);
}

/** `undefined` for the answer to a write, whose `content` describes the file and does not hold it. */
function textOf(answer: unknown): string | undefined {
  const content = inside(answer, 'content');
  if (typeof content !== 'string') return undefined;
  if (inside(answer, 'encoding') !== 'base64') {
    throw new Error('GitHub sends no content for files above 1 MB: such a file cannot be edited through this API.');
  }
  return fromBase64(content);
}

function messageOf({ kind, url }: WriteEdit<unknown>): string {
  const path = decodeURIComponent(/\/contents\/([^?]*)/.exec(url)?.[1] ?? 'file');
  return `${{ update: 'Update', create: 'Create', delete: 'Delete' }[kind]} ${path}`;
}

function classify(answer: ServerAnswer): Verdict | undefined {
  const said = problemOf(answer)?.detail ?? '';
  // Another commit reached the branch first, maybe to another file: the same bytes may do next time.
  if (answer.status === 409 && /is at \w+ but expected \w+/.test(said)) return 'retry-unchanged';
  if (answer.status !== 422 || !/"sha" wasn't supplied/.test(said)) return undefined;
  return answer.sent.create ? 'exists' : 'precondition-required';
}
