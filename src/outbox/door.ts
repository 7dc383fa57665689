import type { Chunk, ClientCore, ConnectableOutbox } from '../client/outbox/door.js';
import { loadWithin, systemClock } from '../client/outbox/door.js';
import type { Outbox, OutboxEntry, OutboxOptions } from '../exports.js';
import { DiscardedError, InvalidOptionsError } from '../exports.js';
import type { WholeOutbox } from './keeping/outbox.js';
import type { DeskChunk } from './keeping/questions.js';

/** What an outbox fetches when it is first needed. */
export interface OutboxParts {
  readonly keeping: Chunk<typeof import('./keeping/outbox.js')>;
  readonly desk: DeskChunk;
}

const NONE: readonly OutboxEntry[] = Object.freeze([]);

/**
 * An outbox as its client and the page see it, whether or not its code is there. Until it is, nothing is written: who writes waits for it as for
 * the code that writes, and who opens a draft as for that of drafts. So what was typed can always be stored when the page goes.
 */
export function outboxOf(options: OutboxOptions, { keeping, desk }: OutboxParts): Outbox {
  /** Of what the tabs of an owner hear. */
  const name = `unconflict:outbox:${encodeURIComponent(options.owner ?? '')}`;
  const listeners = new Set<() => void>();
  let core: ClientCore | undefined;
  let whole: WholeOutbox | undefined;
  /** What was asked for before its code was there. */
  let early: ((whole: WholeOutbox) => void)[] = [];
  let opened: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const tell = (): void => {
    for (const listener of [...listeners]) {
      // One that throws must not keep an edit from being stored, sent or told of.
      if (core === undefined) listener();
      else core.observe(listener);
    }
  };
  /** Where it is heard that another tab erases everything. It may be told late: a tab may have been frozen. */
  let hearing: BroadcastChannel | undefined;
  let unkept: AbortController | undefined;
  /** Ends what its client has not given to it yet. */
  const giveUpUnkept = (): void => {
    unkept?.abort(new DiscardedError('this client'));
    if (core === undefined) return;
    unkept = new AbortController();
    core.unkept = unkept.signal;
  };
  const open = (connect: (whole: WholeOutbox) => void = () => {}): void => {
    if (keeping.loaded === undefined) return;
    whole ??= keeping.loaded.makeOutbox(options, desk, { tell, name, hearing: () => hearing });
    connect(whole);
    for (const call of early) call(whole);
    early = [];
  };
  const soon = (call: (whole: WholeOutbox) => void): void => {
    if (whole === undefined) early.push(call);
    else call(whole);
  };
  /** Of those that are stored, nothing is known before. */
  const onEntry = (id: string, call: (whole: WholeOutbox) => void): void => {
    if (whole?.entries.some((entry) => entry.id === id)) call(whole);
    else ready.then(() => whole && call(whole));
  };
  const made: ConnectableOutbox = {
    ready,
    get entries() {
      const all = whole?.entries ?? NONE;
      return all.length === 0 ? NONE : all;
    },
    get error() {
      return whole?.error;
    },
    retry: (id) => onEntry(id, (all) => all.retry(id)),
    discard: (id) => onEntry(id, (all) => all.discard(id)),
    pause: () => soon((all) => all.pause()),
    resume: () => soon((all) => all.resume()),
    clear() {
      giveUpUnkept();
      // Nobody else may fetch it: a client that is closed does not.
      if (whole === undefined) loadWithin(keeping, systemClock, Number.POSITIVE_INFINITY, undefined).then(() => open());
      return new Promise((resolve) => soon((all) => resolve(all.clear())));
    },
    subscribe(listener) {
      const entry = (): void => listener();
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    connect(client) {
      if (core !== undefined)
        throw new InvalidOptionsError('This outbox belongs to another client. Make one outbox for each client.', {
          option: 'options.outbox',
        });
      core = client;
      giveUpUnkept();
      const { chunks, clock, surroundings } = client;
      const { write, draft } = chunks;
      const { closing, locks } = surroundings;
      // Without locks it is alone. What another tab erases is heard also before the code is there.
      if (locks !== undefined && !closing.aborted && typeof BroadcastChannel === 'function') {
        const channel: BroadcastChannel & { unref?(): void } = new BroadcastChannel(name);
        channel.unref?.();
        channel.onmessage = () => {
          giveUpUnkept();
          soon((all) => all.clearedElsewhere());
        };
        hearing = channel;
        closing.addEventListener(
          'abort',
          () => {
            hearing = undefined;
            channel.close();
          },
          { once: true },
        );
      }
      let arrive: () => void = () => {};
      const arrived = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      const connect = (): void =>
        open((all) => {
          if (write.loaded === undefined) return;
          client.outbox ??= all.connect(client, write.loaded);
          arrive();
        });
      const withThis = <Code>(part: Chunk<Code>): Chunk<Code> => ({
        arrived: arrived.then(() => part.arrived),
        get loaded() {
          return client.outbox && part.loaded;
        },
        async load() {
          const [code] = await Promise.all([part.load(), write.load(), keeping.load()]);
          connect();
          return code;
        },
      });
      client.chunks = { ...chunks, write: withThis(write), draft: withThis(draft) };
      connect();
      loadWithin(client.chunks.write, clock, Number.POSITIVE_INFINITY, closing)
        .then(() => whole?.ready)
        .then(opened, opened);
    },
  };
  return made;
}
