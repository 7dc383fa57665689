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
import { decide, isNamedIn, isPatchOf, namesOf, note, shows } from './recognise.js';
import { Typist } from './typist.js';
import type { Climate, World } from './world.js';

/** The options of a plain verb that writes this field of a document. */
function plainWrite(form: Climate['form'], field: keyof Doc, doc: Doc): Parameters<Client>[1] {
  if (form === 'put') return { method: 'put', json: doc };
  const value = doc[field];
  const json = form === 'json-patch' ? [{ op: 'replace', path: `/${field}`, value }] : { [field]: value };
  return { method: 'patch', json, headers: { 'content-type': `application/${form}+json` } };
}

/** A process, or a tab: all that ends when it dies. */
export class Proc {
  readonly name: string;
  readonly owner: string;
  readonly waiting: Outbox;
  readonly client: Client;
  readonly typist: Typist;
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
    this.typist = new Typist(world, this);
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
      this.#recogniseAll();
      for (const { id, state, error } of this.waiting.entries) {
        if (error === undefined || told.get(id) === error) continue;
        told.set(id, error);
        if (state === 'in-doubt') for (const made of book.in(id)) made.isLate = true;
        book.tell(
          `${name} shows ${namesOf(book.in(id))} ${state}: ${error.name} ${error.message} ${Object(error.cause).message ?? ''}`,
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
    this.typist.discardAll();
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
    for (const made of gone.filter(({ isTyped }) => !isTyped)) made.cleared = { by: this.name, at };
  }

  /** One word more in a draft. */
  type(made: Made): void {
    if (!this.typist.type(made)) made.isGivenUp = true;
    this.#world.book.tell(`${this.name} types ${made.name} ${JSON.stringify(made.deed)} in ${made.path}`);
  }

  do(made: Made): void {
    const handle = this.client.resource<Doc>(made.path.slice(1));
    this.#world.book.tell(`${this.name} makes ${made.name} ${JSON.stringify(made.deed)} in ${made.path}`);
    this.#unnamed.push(made);
    const promise = this.#call(handle, made);
    this.#recogniseAll();
    promise.then(
      () => this.#heard(made, undefined),
      (error: unknown) => this.#heard(made, error),
    );
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
      const form = Number(made.name) % 2 === 0 ? this.#world.climate.form : 'put';
      return this.client(path.slice(1), plainWrite(form, deed.field, doc));
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

  #recogniseAll(): void {
    for (const { id, resource, patch } of this.waiting.entries)
      this.#recognise(`unconflict/${this.owner}/${id}`, resource, JSON.stringify(patch));
  }

  /** What is stored there: perhaps before anything was heard of it. */
  recognise(key: string, text: string): void {
    const { edit } = JSON.parse(text);
    this.#recognise(key, edit.url, JSON.stringify(edit.patch));
  }

  /** An entry that was not there before is that of the edit made just now. One of a draft has what is typed, as far as it is not saved. */
  #recognise(key: string, url: string, patch: string): void {
    const { book } = this.#world;
    const isIn = (made: Made): boolean => url.endsWith(made.path) && isPatchOf(made, patch);
    const typed = book.all.filter((made) => made.isTyped && isIn(made));
    for (const made of typed) made.key = key;
    if (typed.length > 0 || book.in(key).length > 0) return;
    const made = this.#unnamed.find(isIn);
    if (made === undefined) return;
    this.#unnamed = this.#unnamed.filter((other) => other !== made);
    made.key = key;
  }

  #onStorage(error: Error): void {
    if (!this.isAlive) return;
    const { key, reason } = Object(error);
    const made = this.#world.book.in(String(key));
    for (const each of made) each.isUnkept = true;
    this.#world.book.tell(`${this.name} hears of the storage: ${reason} ${namesOf(made)} ${key}`);
  }

  #onEvent(event: ClientEvent): void {
    if (!this.isAlive || event.type !== 'accepted') return;
    const made = this.#world.book.in(String(Object(event).editId));
    for (const each of made) if (!each.isTyped) each.isAcknowledged = true;
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
      const value = this.client.resource<Doc>(resource).value;
      // What a draft has saved may be in none of its entries any more.
      const here = book.in(id).filter((made) => kind !== 'delete' && !(made.isTyped && book.isDone(made)));
      for (const made of here)
        if (value === undefined) book.blame('what is stored shows', `${made.name}: no value`);
        else if (!shows(value, made, book.all)) book.blame('what is stored shows', made.name);
    }
  }
}
