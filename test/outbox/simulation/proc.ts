import type { Client } from '../../../src/eager/index.js';
import { counter, createClient, list } from '../../../src/eager/index.js';
import type { ClientEvent, Outbox } from '../../../src/index.js';
import { outboxOf } from '../../../src/outbox/door.js';
import type { Made } from './book.js';
import { LONGEST } from './channels.js';
import { codeOf } from './code.js';
import type { Doc } from './deeds.js';
import { doDeed } from './deeds.js';
import { networkOf } from './network.js';
import { decide, isNamedIn, isPatchOf, note, shows } from './recognise.js';
import type { World } from './world.js';

/** A process, or a tab: all that ends when it dies. */
export class Proc {
  readonly name: string;
  readonly owner: string;
  readonly waiting: Outbox;
  readonly client: Client;
  isAlive = true;
  isReady = false;
  isClosed = false;
  readonly #world: World;
  /** Made, and not yet seen in the outbox. */
  #unnamed: Made[] = [];

  constructor(world: World, name: string, owner: string) {
    this.#world = world;
    this.name = name;
    this.owner = owner;
    const { book, climate } = world;
    book.tell(`${name} starts`);
    const onError = (error: Error): void => this.#onStorage(error);
    this.waiting = outboxOf({ storage: world.disk.of(this), owner, onError }, codeOf(world, this));
    world.channels.openFor(() => this.isAlive);
    const locks = climate.isShared ? world.locks.of(name, () => this.isAlive) : false;
    this.client = createClient({
      prefix: world.server.origin,
      fetch: networkOf(world, this),
      outbox: this.waiting,
      locks,
      defaults: {
        write: climate.form,
        idempotencyKey: climate.idempotencyKey,
        merge: { '/views': counter(), '/items': list({ key: 'id' }) },
        ...(climate.resolver === 'none' ? {} : { resolve: (context) => this.#resolve(context) }),
      },
      onEvent: (event) => this.#onEvent(event),
    });
    const told = new Map<string, unknown>();
    this.waiting.subscribe(() => {
      if (!this.isAlive) return;
      for (const { id, state, error } of this.waiting.entries) {
        if (error === undefined || told.get(id) === error) continue;
        told.set(id, error);
        const made = book.byKey(`unconflict/${owner}/${id}`);
        book.tell(
          `${name} shows ${made?.name} ${state}: ${error.name} ${error.message} ${Object(error.cause).message ?? ''}`,
        );
      }
    });
    this.waiting.ready.then(() => this.#onReady());
  }

  /** Dies with some chance: nothing of it is heard again. */
  mayDie(when: string, risk = 1): boolean {
    const { climate, crashesLeft } = this.#world;
    if (this.isAlive && crashesLeft > 0 && this.#world.happens(climate.crashes * risk)) this.die(when);
    return !this.isAlive;
  }

  die(when: string): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.#world.crashesLeft -= 1;
    this.#world.book.tell(`${this.name} dies ${when}`);
    this.#world.locks.end(this.name);
    const { book, time } = this.#world;
    for (const made of book.all) if (made.process === this.name && made.storedAt === undefined) made.isUnkept = true;
    book.erasing = Math.min(book.erasing, time.now + 2 * LONGEST);
    // What it sends, stores or says from now on reaches nobody. Its timers end, where nobody waits for those of a client that is closed.
    if (this.#world.climate.isShared) this.client.close().catch(() => {});
  }

  /** Ends as an application ends it. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.#world.book.tell(`${this.name} is closed`);
    await this.client.close();
    this.isAlive = false;
    this.#world.locks.end(this.name);
  }

  /** A sign-out: what was made before it is not to be sent any more. */
  async clear(): Promise<void> {
    const { book, channels, time } = this.#world;
    book.tell(`${this.name} erases everything`);
    channels.openFor(() => this.isAlive);
    book.erasing = Number.POSITIVE_INFINITY;
    const gone = book.giveUpAll(this.owner);
    const isErased = await this.waiting.clear().then(
      () => true,
      () => false,
    );
    book.giveUpAll(this.owner);
    await time.wait(2 * LONGEST);
    book.erasing = time.now;
    if (!isErased || !this.isAlive) return;
    book.tell(`${this.name} has erased everything`);
    const at = book.tick();
    for (const made of gone) made.cleared = { by: this.name, at };
  }

  do(made: Made): void {
    const handle = this.client.resource<Doc>(made.path.slice(1));
    this.#world.book.tell(`${this.name} makes ${made.name} ${JSON.stringify(made.deed)} in ${made.path}`);
    this.#unnamed.push(made);
    const stop = this.waiting.subscribe(() => this.#recogniseAll());
    const promise = this.#call(handle, made);
    this.#recogniseAll();
    promise.then(
      () => this.#heard(made, undefined),
      (error: unknown) => this.#heard(made, error),
    );
    promise.then(stop, stop);
  }

  async #call(handle: ReturnType<Client['resource']>, made: Made): Promise<unknown> {
    const { deed, path } = made;
    if (deed.kind === 'delete') {
      made.seen = 'yes';
      return handle.delete();
    }
    if (deed.kind === 'create')
      return handle.create({ title: deed.token, text: '', rule: '', log: [], items: [], views: 0 });
    if (deed.kind === 'field' && deed.token.startsWith('put-')) {
      const doc = await this.client.get<Doc>(path.slice(1)).json();
      note(made, doc, this.#world.book.tick());
      doDeed(doc, deed);
      return this.client.put(path.slice(1), { json: doc });
    }
    return handle.edit((draft) => {
      const doc: Doc = Object(draft);
      note(made, doc, this.#world.book.tick());
      doDeed(doc, deed);
    });
  }

  #heard(made: Made, error: unknown): void {
    if (!this.isAlive) return;
    const { book } = this.#world;
    if (error === undefined) {
      made.isAcknowledged = true;
      book.tell(`${this.name} hears that ${made.name} is saved`);
      return;
    }
    const { code = 'no code', name } = Object(error);
    // What it was to be made from could not be read: it is not mistaken for a later one.
    if (made.key === undefined) this.#unnamed = this.#unnamed.filter((other) => other !== made);
    made.errors.push(String(code));
    book.tell(`${this.name} hears of ${made.name}: ${name} ${code}`);
    book.sync(made.path);
    if (['ERR_REFUSED', 'ERR_CONFLICT'].includes(String(code)) && made.landed > 0)
      book.blame('what is refused has not landed', made.name);
  }

  /** An entry that was not there before is that of the edit made just now. */
  #recogniseAll(): void {
    for (const { id, resource, patch } of this.waiting.entries) {
      const key = `unconflict/${this.owner}/${id}`;
      if (this.#world.book.byKey(key) === undefined) this.#recognise(key, resource, JSON.stringify(patch));
    }
  }

  /** An entry that was stored before anything was heard of it. */
  recognise(key: string, text: string): Made | undefined {
    const { edit } = JSON.parse(text);
    return this.#recognise(key, edit.url, JSON.stringify(edit.patch));
  }

  #recognise(key: string, url: string, patch: string): Made | undefined {
    const made = this.#unnamed.find((each) => url.endsWith(each.path) && isPatchOf(each, patch));
    if (made === undefined) return undefined;
    this.#unnamed = this.#unnamed.filter((other) => other !== made);
    this.#world.book.name(made, key);
    return made;
  }

  #onStorage(error: Error): void {
    if (!this.isAlive) return;
    const { key, reason } = Object(error);
    const made = this.#world.book.byKey(String(key));
    if (made !== undefined) made.isUnkept = true;
    this.#world.book.tell(`${this.name} hears of the storage: ${reason} ${made?.name ?? key}`);
  }

  #onEvent(event: ClientEvent): void {
    if (!this.isAlive || event.type !== 'accepted') return;
    const made = this.#world.book.byEdit(String(Object(event).editId));
    if (made !== undefined) made.isAcknowledged = true;
  }

  #resolve(context: unknown): 'local' | 'remote' {
    const { climate, book } = this.#world;
    const answer = climate.resolver === 'local' ? 'local' : 'remote';
    const { conflicts = [], url } = Object(context);
    for (const { remote, local, base } of conflicts) {
      const text = JSON.stringify([local, base, Object(context).patch]);
      if (answer === 'local') decide(book.decided, remote.value);
      else for (const made of book.all) if (String(url).endsWith(made.path) && isNamedIn(made, text)) book.giveUp(made);
    }
    return answer;
  }

  /** Everything that was stored shows. */
  #onReady(): void {
    if (!this.isAlive) return;
    this.isReady = true;
    const { book, disk } = this.#world;
    book.tell(`${this.name} is ready: ${this.waiting.entries.length} of ${disk.values.size}`);
    for (const { id, resource, kind } of this.waiting.entries) {
      const made = book.byKey(`unconflict/${this.owner}/${id}`);
      if (made === undefined || kind === 'delete') continue;
      const value = this.client.resource<Doc>(resource).value;
      if (value === undefined) book.blame('what is stored shows', `${made.name}: no value`);
      else if (!shows(value, made, book.all)) book.blame('what is stored shows', made.name);
    }
  }
}
