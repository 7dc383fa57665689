import type { State } from '../../engine/port.js';
import { mayLoseDigits } from '../../protocol/body/body.js';
import type { ClientCore } from '../client-core.js';
import { randomId } from '../platform.js';
import type { KnownResource } from '../resource/known-resource.js';

const CHANNEL = 'unconflict';
/** ms. What was learnt so short before, here or of a third tab, may be newer than what another tab tells. */
const CLOSE = 5_000;

/** What tabs tell each other. `changed`: look for yourself. */
interface Told {
  readonly format: 1;
  readonly key: string;
  /** Which client tells it: what one tells comes in order. */
  readonly from: string;
  readonly news: { readonly state: State } | 'gone' | 'changed';
}

/** What the tabs of an origin read and write, shown in all of them. */
export class Tabs {
  readonly #core: ClientCore;
  readonly #owner: string | undefined;
  readonly #look: (known: KnownResource) => void;
  #channel: BroadcastChannel | undefined;
  readonly #keys = new WeakMap<KnownResource, Promise<string | undefined>>();
  readonly #id = randomId();
  readonly #learnt = new WeakMap<KnownResource, { readonly at: number; readonly from: string }>();
  #isListening = false;

  /** @param owner Who is signed in, where the client cannot see it. `look`: reads a resource anew. */
  constructor(core: ClientCore, owner: string | undefined, look: (known: KnownResource) => void) {
    this.#core = core;
    this.#owner = owner;
    this.#look = look;
    // Without a digest (a page that is not secure) there is no key that could be told.
    if (typeof BroadcastChannel !== 'function' || globalThis.crypto?.subtle === undefined) return;
    const channel: BroadcastChannel & { unref?(): void } = new BroadcastChannel(CHANNEL);
    channel.unref?.();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isTold(data)) this.#hear(data).catch(() => {});
    };
    this.#channel = channel;
  }

  /** Tells the other tabs, unless it is what one of them has told. */
  tell(known: KnownResource, state: State | undefined): void {
    if (this.#isListening) return;
    this.#learnt.set(known, { at: this.#core.clock.now(), from: this.#id });
    if (this.#channel === undefined) return;
    const news = state === undefined ? 'gone' : isExact(state) ? { state } : 'changed';
    this.#keyOf(known).then(
      (key) => {
        if (key !== undefined) this.#channel?.postMessage({ format: 1, key, from: this.#id, news } satisfies Told);
      },
      () => {},
    );
  }

  close(): void {
    this.#channel?.close();
    // What was still to be told has nobody to tell it.
    this.#channel = undefined;
  }

  async #hear({ key, from, news }: Told): Promise<void> {
    for (const known of this.#core) {
      if (known.keepsToItself || (await this.#keyOf(known)) !== key) continue;
      const { resource } = known;
      if (news === 'gone' || news === 'changed' || news.state.version === undefined) return this.#look(known);
      const { state } = news;
      if (resource.leftBehind(state.version) || resource.isSameVersion(state.version, resource.state?.version)) return;
      const last = this.#learnt.get(known);
      const isClose = last !== undefined && last.from !== from && this.#core.clock.now() - last.at < CLOSE;
      this.#learnt.set(known, { at: this.#core.clock.now(), from });
      this.#isListening = true;
      try {
        resource.keep(state, false);
      } finally {
        this.#isListening = false;
      }
      if (isClose) this.#look(known);
      return;
    }
  }

  /** Equal in two tabs for those to whom the value is the same. It holds no token, and nothing that a token could be found from. */
  #keyOf(known: KnownResource): Promise<string | undefined> {
    const before = this.#keys.get(known);
    if (before !== undefined) return before;
    const { href, source, envelope, asked } = known.lane;
    const headers = Object.entries(asked)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => this.#owner === undefined || name !== 'authorization')
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const opened = envelope && Object.values(envelope).map(String);
    const text = JSON.stringify([this.#owner, href, source, opened, headers]);
    const key = crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)).then((digest) =>
      // What is not known to be one envelope in all tabs is none.
      opened?.some((code) => code.includes('[native code]'))
        ? undefined
        : Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    );
    this.#keys.set(known, key);
    return key;
  }
}

/** Whether the server has told it, and nothing of it is lost on the way: digits that a number does not hold are known only to who has read them. */
function isExact({ value, version, isAssumed }: State): boolean {
  return version !== undefined && isAssumed !== true && !mayLoseDigits(JSON.stringify(value));
}

function isTold(data: unknown): data is Told {
  return typeof data === 'object' && data !== null && Reflect.get(data, 'format') === 1;
}
