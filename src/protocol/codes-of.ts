import type { ServerAnswer } from './answer.js';
import { kindOf, member } from './body-kind.js';
import { CODE_PLACES, CODE_VERDICTS, CODES, type CodeVerdict } from './codes.js';
import { elementNames, elementText } from './markup.js';

/** Items of an array that are looked at: a body of a million errors says nothing more. */
const ITEMS = 20;

/**
 * Every code string of an answer: from the header `x-ms-error-code`, from the usual places of a JSON body (numbers as text), from XML `<Code>`, and the
 * conditions of a WebDAV error (RFC 4918 16). A problem type given as a URI counts by its last part too.
 */
export function codesOf(answer: Pick<ServerAnswer, 'headers' | 'body'>): readonly string[] {
  const found = new Set<string>();
  const header = answer.headers.get('x-ms-error-code');
  if (header !== null) found.add(header.trim());
  const body = kindOf(answer.body);
  if (body.kind === 'json') {
    for (const place of CODE_PLACES) for (const value of valuesAt(body.value, place)) addCode(found, value);
  } else if (body.kind === 'xml') {
    addCode(found, elementText(body.text, ['code', 'errorcode']));
    if (/\bDAV:/.test(body.text)) for (const name of elementNames(body.text)) found.add(name);
  } else if (body.kind === 'text') {
    if (/^[\w.-]{3,60}$/.test(body.text)) found.add(body.text);
  }
  return [...found];
}

/** The verdict these codes stand for, if any is known. */
export function verdictOfCodes(codes: readonly string[]): CodeVerdict | undefined {
  return CODE_VERDICTS.find((verdict) => CODES[verdict].some((known) => codes.some((code) => isCode(code, known))));
}

function isCode(code: string, known: string): boolean {
  return known.endsWith('*') ? code.startsWith(known.slice(0, -1)) : code === known;
}

function addCode(found: Set<string>, value: unknown): void {
  if (typeof value === 'number') found.add(String(value));
  if (typeof value !== 'string' || value === '' || value.length > 300) return;
  found.add(value);
  const last = value.split(/[/#:]/).pop();
  if (last !== undefined && last !== '' && last !== value && /^[a-z][a-z\d+.-]*:|^\//i.test(value)) found.add(last);
}

function valuesAt(root: unknown, place: readonly string[]): readonly unknown[] {
  let values: readonly unknown[] = [root];
  for (const name of place) {
    values = values.flatMap((value) => {
      if (name === '*') return Array.isArray(value) ? value.slice(0, ITEMS) : [];
      return [member(value, name)];
    });
  }
  return values;
}
