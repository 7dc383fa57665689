import type { ProblemDetails, ServerAnswer } from './answer.js';
import { kindOf } from './body-kind.js';
import { elementNames, elementText } from './markup.js';
import { type FoundProblem, problemFromJson } from './problem-json.js';

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
