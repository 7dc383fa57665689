import type { Options as KyOptions } from 'ky';
import { parseBody } from '../../protocol/body.js';
import type { ClientCore } from '../client-core.js';
import type { Memory } from './memory.js';

type ParseJson = NonNullable<KyOptions['parseJson']>;

/** ky parses a GET's `.json()` with this: what it handed out is remembered with its version. */
export function rememberingParser(core: ClientCore, memory: Memory, url: URL, own: KyOptions['parseJson']): ParseJson {
  return (text, context) => {
    const value: unknown = own === undefined ? JSON.parse(text) : own(text, context);
    const { ok, headers } = context.response;
    if (ok) remember(core, memory, url, headers, text, value);
    return value;
  };
}

/** The value in the answer to a guarded write is the state that the write made: it may be the next one's `base`. */
export function handingOutParser(memory: Memory, own: KyOptions['parseJson']): ParseJson {
  return (text, context) => {
    const value: unknown = own === undefined ? JSON.parse(text) : own(text, context);
    memory.handOut(context.response, value);
    return value;
  };
}

/** Remembers an answer, if it names a version. */
export function remember(
  core: ClientCore,
  memory: Memory,
  url: URL,
  headers: Headers,
  text: string,
  handedOut: unknown,
): void {
  const { codec } = core.plainPolicy(url).engine;
  const parsed = handedOut === undefined ? parseBody(text) : ({ json: true, value: handedOut } as const);
  if (!parsed.json) return;
  const version = codec.read({ headers, text, body: parsed.value });
  if (version !== undefined) memory.add({ url: url.href, version, text, headers }, handedOut);
}
