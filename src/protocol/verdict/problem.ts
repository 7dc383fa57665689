import type { ProblemDetails, ServerAnswer } from '../answer.js';
import { elementNames, elementText, kindOf, member } from '../body/body-kind.js';

/** Longest text kept of any one member. */
const LONGEST = 2_000;

/**
 * What the server says is wrong, dug out of problem details (RFC 9457) and of the common bodies that are none: JSON of many shapes, JSON sent as text, XML, HTML,
 * plain text. `undefined` for an empty body. Long texts are cut. Never throws.
 */
export function problemOf(answer: Pick<ServerAnswer, 'status' | 'headers' | 'body'>): ProblemDetails | undefined {
  const body = kindOf(answer.body);
  switch (body.kind) {
    case 'empty':
      return undefined;
    case 'json':
      return cut(problemFromJson(body.value, answer.status));
    case 'xml':
      return cut(problemFromXml(body.text));
    case 'html':
      return cut(problemFromHtml(body.text));
    case 'text':
      return cut({ detail: body.text });
  }
}

/** What stands in a WebDAV error besides the condition; the last two are sabre's. */
const NO_CONDITION = ['xml', 'error', 'exception', 'message'];

/** Azure and S3 `<Error><Code>`, WebDAV `<d:error>` with its condition as an element (RFC 4918 16), RFC 9457 appendix B. */
function problemFromXml(text: string): FoundProblem {
  const condition = /\bDAV:/.test(text) ? elementNames(text).find((name) => !NO_CONDITION.includes(name)) : undefined;
  return {
    type: elementText(text, ['type']),
    title: elementText(text, ['title', 'exception']),
    detail: elementText(text, ['message', 'detail', 'reason', 'responsedescription', 'description', 'diagnostics']),
    code: elementText(text, ['code', 'errorcode']) ?? condition,
  };
}

function problemFromHtml(text: string): FoundProblem {
  return { title: elementText(text, ['title', 'h1']), detail: elementText(text, ['p', 'pre']) };
}

function cut(problem: FoundProblem): ProblemDetails | undefined {
  const kept = Object.entries(problem).filter(([, value]) => value !== undefined);
  if (kept.length === 0) return undefined;
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value,
    ]),
  );
}

/** Members that are a code whenever they are a word, or a number that is not just the status again. */
const CODE_NAMES = ['code', 'errorCode', 'error_code', 'errcode', 'errno', 'typeKey', 'scimType', '__type', 'Code'];
/** Members that are a code only if they are one word: elsewhere they are sentences. */
const WORD_NAMES = ['reason', 'status', 'type', 'error', 'name'];
const DETAIL_NAMES = [
  'detail',
  'message',
  'error_description',
  'errorMessage',
  'description',
  'msg',
  'diagnostics',
  'faultstring',
  'Message',
  'details',
];
/** Sentences where nothing better is found; each of them may be a code elsewhere. */
const LAST_DETAIL_NAMES = ['reason', 'context', 'cause', 'text', 'error'];
/** Extension members kept of real problem details (RFC 9457 3.2). */
const EXTENSIONS = 50;

/** Members of problem details as found, `undefined` where there are none. */
export type FoundProblem = Readonly<Record<string, unknown>>;

/** The problem in a JSON error body, from whatever members it uses. */
function problemFromJson(body: unknown, status: number): FoundProblem {
  const root = Array.isArray(body) ? body[0] : body;
  if (typeof root === 'string') return { detail: root };
  if (typeof root !== 'object' || root === null) return {};
  const views = viewsOf(root);
  const text = views.find((view) => typeof view === 'string');
  const code = pick(views, (view) => codeOf(view, status));
  return {
    ...(isProblemDetails(root) ? extensionsOf(root) : {}),
    type: pick(views, (view) => sentence(member(view, 'type'), /^[a-z][a-z\d+.-]*:|^\//i)),
    title: pick(views, (view) => sentence(member(view, 'title')) ?? titleOf(view, code)),
    status: pick(views, statusOf),
    detail:
      pick(views, (view) => detailOf(view, DETAIL_NAMES)) ??
      text ??
      pick(views, (view) => detailOf(view, LAST_DETAIL_NAMES, code)),
    instance: pick(views, (view) => sentence(member(view, 'instance'))),
    code,
  };
}

/** The objects that may hold the facts, the more special first: the first of a list of errors, then the error, then the body itself. */
function viewsOf(root: object): readonly unknown[] {
  const nested: unknown[] = [];
  for (const holder of [root, member(root, 'error')]) {
    for (const name of ['errors', 'issue', 'items']) {
      const list = member(holder, name);
      if (Array.isArray(list) && list.length > 0) nested.push(member(list[0], 'error') ?? list[0]);
    }
  }
  // One member around it all is an envelope: `{ "odata.error": … }`, `{ "conflictingRequest": … }`. Ironic sends it as text in the text.
  const names = Object.keys(root);
  for (const name of new Set(['error', 'error_message', 'sys', ...(names.length === 1 ? names : [])])) {
    const inner = kindOf(member(root, name));
    if (inner.kind === 'json' && !Array.isArray(inner.value)) nested.push(inner.value);
  }
  const extensions = nested.map((view) => member(view, 'extensions')).filter((view) => view !== undefined);
  // Contentful names its errors by `sys.id`; FHIR puts the sentence into `details.text`.
  return isProblemDetails(root) ? [root, ...nested, ...extensions] : [...nested, ...extensions, root];
}

function isProblemDetails(root: object): boolean {
  return ['title', 'detail'].some((name) => typeof member(root, name) === 'string');
}

function extensionsOf(root: object): FoundProblem {
  return Object.fromEntries(Object.entries(root).slice(0, EXTENSIONS));
}

function codeOf(view: unknown, status: number): string | undefined {
  for (const name of CODE_NAMES) {
    const value = member(view, name);
    if (typeof value === 'string' && value !== '' && value !== String(status)) return value;
    if (typeof value === 'number' && value !== 0 && value !== status) return String(value);
  }
  if (member(view, 'type') === 'Error') return word(member(view, 'id'));
  for (const name of WORD_NAMES) {
    const value = word(member(view, name));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** One word that is no number, no URI and no mere "it failed". */
function word(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z][\w.-]{1,99}$/.test(value)) return undefined;
  return /^(?:failure|failed|fail|error|errors)$/i.test(value) ? undefined : value;
}

/** Kinto, Spring and others name the status in `error`, next to a `message`. */
function titleOf(view: unknown, code: string | undefined): string | undefined {
  const error = sentence(member(view, 'error'));
  return error !== code && DETAIL_NAMES.some((name) => typeof member(view, name) === 'string') ? error : undefined;
}

function detailOf(view: unknown, names: readonly string[], not?: string): string | undefined {
  for (const name of names) {
    const value = member(view, name);
    const text = sentence(value) ?? sentence(member(value, 'text')) ?? sentence(member(value, 'value'));
    if (text !== undefined && text !== not) return text;
  }
  return undefined;
}

function statusOf(view: unknown): number | undefined {
  for (const name of ['status', 'statusCode', 'code']) {
    const value = member(view, name);
    const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
    if (typeof status === 'number' && status >= 400 && status < 600) return status;
  }
  return undefined;
}

function sentence(value: unknown, form?: RegExp): string | undefined {
  return typeof value === 'string' && value !== '' && (form === undefined || form.test(value)) ? value : undefined;
}

function pick<Fact>(views: readonly unknown[], fact: (view: unknown) => Fact | undefined): Fact | undefined {
  for (const view of views) {
    const found = fact(view);
    if (found !== undefined) return found;
  }
  return undefined;
}
