import type { BeforeErrorHook, Input, KyInstance } from 'ky';
import ky from 'ky';
import type { ClientCore } from '../client-core.js';
import { hideSecrets } from '../http/ask-ky.js';
import type { VerbOptions } from '../options/client-options.js';
import type { ResourcePolicy } from '../options/resource-policy.js';
import { randomId } from '../random-id.js';
import { plainHeaders } from '../resource/identity-key.js';
import type { Memory } from './base/memory.js';
import { askedBy } from './plain-request.js';

/** What a plain verb stands on. */
export interface PlainDoor {
  readonly core: ClientCore;
  readonly memory: Memory;
  /** Waits for answers that are still being remembered. */
  readonly remembering: (url: URL, signal: AbortSignal | undefined) => Promise<void>;
}

/** Whether nothing is known that a write could be conditional on, told without waiting: then it passes as it is, and as fast. */
export function passesAtOnce({ core, memory }: PlainDoor, url: URL, input: Input, options: VerbOptions): boolean {
  if (options.base !== undefined || input instanceof Request) return false;
  if (memory.knows(url) || core.plainPolicy(url).engine.requireVersion) return false;
  return true;
}

/** Preconditions of RFC 9110 13.1: who sends one knows what the write depends on. */
const PRECONDITIONS = ['if-match', 'if-none-match', 'if-unmodified-since'];

/** Tells of a write that goes out without a precondition. @param headers Those that its caller gives it. */
export function tellUnguarded(
  { core, memory }: PlainDoor,
  url: URL,
  method: string,
  headers: VerbOptions['headers'],
): void {
  if (!core.emitter.isHeard) return;
  const asked = askedBy(core, url, plainHeaders(headers));
  if (PRECONDITIONS.some((name) => asked[name] !== undefined)) return;
  const { versioned } = core.plainPolicy(url).engine.codec;
  const reason = versioned ? memory.whyUnknown({ url, asked }) : 'unversioned';
  core.emitterFor(url, randomId())({ type: 'unguarded', method: method.toUpperCase(), reason });
}

const hidingSecrets: BeforeErrorHook = ({ error }) => hideSecrets(error);

/** ky as it is, for what passes untouched, but for errors that show secrets when printed; a resource's headers lie over the client's and under the call's. */
export function untouchedOf(core: ClientCore): (url: URL) => KyInstance {
  const { hooks } = core.kyOptions;
  const beforeError = [hidingSecrets, ...(hooks?.beforeError ?? [])];
  const plain = ky.create({ ...core.kyOptions, hooks: { ...hooks, beforeError } });
  const instances = new WeakMap<ResourcePolicy, KyInstance>();
  return (url) => {
    const policy = core.plainPolicy(url);
    const known = instances.get(policy);
    if (known !== undefined) return known;
    const { headers } = policy.request;
    const made = Object.keys(headers).length === 0 ? plain : plain.extend({ headers });
    instances.set(policy, made);
    return made;
  };
}
