import type { JsonObject } from '../core.js';
import type { Outcome } from './record.js';

/** What the server answers, before it is put on a wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly outcome: Outcome;
  /** The version this request committed. */
  readonly version?: string;
}

/** Problem details as tests give them (RFC 9457), with any extension members. */
export interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly code?: string;
  readonly [extension: string]: unknown;
}

type HeaderList = readonly (readonly [name: string, value: string])[];

/** A name given twice: the later wins. */
function toHeaders(list: HeaderList): Headers {
  const headers = new Headers();
  for (const [name, value] of list) headers.set(name, value);
  return headers;
}

export function jsonAnswer(outcome: Outcome, status: number, text: string, headers: HeaderList = []): Answer {
  return { outcome, status, body: text, headers: toHeaders([['Content-Type', 'application/json'], ...headers]) };
}

export function emptyAnswer(outcome: Outcome, status: number, headers: HeaderList = []): Answer {
  return { outcome, status, body: undefined, headers: toHeaders(headers) };
}

/** An answer as a test gives it: no body, a text, or a value to be sent as JSON. */
export function bodyAnswer(outcome: Outcome, status: number, body: unknown, headers: HeaderList): Answer {
  if (body === undefined) return emptyAnswer(outcome, status, headers);
  return jsonAnswer(outcome, status, typeof body === 'string' ? body : JSON.stringify(body), headers);
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  423: 'Locked',
  428: 'Precondition Required',
  500: 'Internal Server Error',
};

/** The members of a problem body, the standard ones first. */
export function problemBody(status: number, problem: Problem): JsonObject {
  const { type, title, status: said, detail, ...rest } = problem;
  const body = { type, title: title ?? TITLES[status] ?? `Status ${status}`, status: said ?? status, detail, ...rest };
  const plain: JsonObject = JSON.parse(JSON.stringify(body));
  return plain;
}

export function problemAnswer(outcome: Outcome, status: number, problem: Problem, headers: HeaderList = []): Answer {
  const body = JSON.stringify(problemBody(status, problem));
  return { outcome, status, body, headers: toHeaders([['Content-Type', 'application/problem+json'], ...headers]) };
}
