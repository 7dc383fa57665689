import type { JsonValue } from '../core.js';

/** How a number is carried that JavaScript would round: as a string that begins so. */
const MARK = '\u0000number:';
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARKED = /"\\u0000number:([^"]+)"/g;

/** JSON.parse, but a number that JavaScript does not write as it came keeps its digits until `textOf()` writes it again. */
export function parseText<T = JsonValue>(text: string): T {
  const marked = text.replace(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') || String(Number(token)) === token ? token : JSON.stringify(MARK + token),
  );
  return JSON.parse(marked);
}

/** JSON.stringify for any depth: the built-in runs out of stack at a few thousand levels. Undefined for what JSON cannot carry at all. */
export function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return stringifyDeep(value);
  }
}

/** The text of a value that came out of JSON.parse or `parseText()`, and so has one. */
export function textOf(value: unknown): string {
  const text = stringify(value) ?? 'null';
  return text.includes('\\u0000number:') ? text.replace(MARKED, '$1') : text;
}

/** What is still to be written, last first: text as it stands, or a value. */
type Task = { readonly text: string } | { readonly value: unknown };

function stringifyDeep(root: unknown): string {
  const written: string[] = [];
  const tasks: Task[] = [{ value: root }];
  for (let task = tasks.pop(); task; task = tasks.pop()) {
    if ('text' in task) written.push(task.text);
    else if (typeof task.value === 'object' && task.value !== null) {
      for (const inner of tasksOf(task.value).reverse()) tasks.push(inner);
    } else written.push(JSON.stringify(task.value) ?? 'null');
  }
  return written.join('');
}

function tasksOf(container: object): Task[] {
  if (Array.isArray(container)) {
    return [
      { text: '[' },
      ...container.flatMap((value, i): Task[] => [{ text: i ? ',' : '' }, { value }]),
      { text: ']' },
    ];
  }
  const members = Object.entries(container).filter(([, value]) => value !== undefined);
  const inner = members.flatMap(([name, value], i): Task[] => [
    { text: `${i ? ',' : ''}${JSON.stringify(name)}:` },
    { value },
  ]);
  return [{ text: '{' }, ...inner, { text: '}' }];
}
