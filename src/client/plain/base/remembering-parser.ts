import type { Options as KyOptions } from 'ky';
import { parseBody } from '../../../protocol/body/body.js';
import type { ClientCore } from '../../client-core.js';
import type { Memory, Target } from './memory.js';

type ParseJson = NonNullable<KyOptions['parseJson']>;

/** ky parses a GET's `.json()` with this: what it handed out is remembered with its version. */
export function rememberingParser(
  core: ClientCore,
  memory: Memory,
  target: Target,
  own: KyOptions['parseJson'],
): ParseJson {
  return (text, context) => {
    const value: unknown = own === undefined ? JSON.parse(text) : own(text, context);
    remember(core, memory, target, context.response, text, value);
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

/** Others are no whole representation of the resource: 202, 206, 207, 226 (RFC 9110 15.3, RFC 4918 13, RFC 3229 10.4.1). A write cannot be made from them. */
const WHOLE = new Set([200, 203]);

/** Remembers an answer, if it is the resource and names a version. */
export function remember(
  core: ClientCore,
  memory: Memory,
  { url, asked }: Target,
  { status, headers }: Response,
  text: string,
  handedOut: unknown,
): void {
  const { codec } = core.plainPolicy(url).engine;
  const parsed = parseBody(text);
  if (!parsed.json) return;
  const version = codec.read({ headers, text, body: parsed.value });
  if (version === undefined) return memory.addVersionless(url);
  memory.add({ url: url.href, version, text, headers, asked }, handedOut);
  if (!WHOLE.has(status)) memory.doubt({ url, asked });
}
