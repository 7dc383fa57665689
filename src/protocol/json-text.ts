import { assertJson } from '../core/assert-json.js';
import type { JsonValue } from '../core/json.js';

/**
 * JSON.stringify for any depth: the built-in runs out of stack at some thousand levels.
 *
 * @throws TypeError, or InvalidJsonError, for what JSON cannot carry.
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    assertJson(value, 'what is to be written');
    return deepText(value);
  }
}

/** A list or an object that is being written: what is left of it, and how it ends. */
interface Open {
  readonly rest: Iterator<readonly [name: string | undefined, value: JsonValue]>;
  readonly end: string;
  /** Something of it is written. */
  begun: boolean;
}

function* membersOf(container: object): Generator<readonly [string | undefined, JsonValue]> {
  if (Array.isArray(container)) for (const item of container) yield [undefined, item];
  else yield* Object.entries(container);
}

function deepText(root: JsonValue): string {
  let text = '';
  const open: Open[] = [];
  const begin = (value: JsonValue): void => {
    if (typeof value !== 'object' || value === null) {
      text += JSON.stringify(value);
      return;
    }
    text += Array.isArray(value) ? '[' : '{';
    open.push({ rest: membersOf(value), end: Array.isArray(value) ? ']' : '}', begun: false });
  };
  begin(root);
  for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
    const next = inner.rest.next();
    if (next.done === true) {
      text += inner.end;
      open.pop();
      continue;
    }
    const [name, value] = next.value;
    if (inner.begun) text += ',';
    inner.begun = true;
    if (name !== undefined) text += `${JSON.stringify(name)}:`;
    begin(value);
  }
  return text;
}
