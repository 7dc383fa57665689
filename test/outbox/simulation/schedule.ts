import { pick } from '../../simulation/random.js';
import type { Deed, Doc } from './deeds.js';
import { doDeed, someDeed, startDoc } from './deeds.js';
import { Fleet } from './fleet.js';
import { outOfOrder } from './order.js';
import { Proc } from './proc.js';
import { settle } from './settle.js';
import { DOCS, World } from './world.js';

/** What a schedule came to. */
export interface Report {
  readonly seed: number;
  readonly wrong: readonly string[];
  readonly story: readonly string[];
  readonly edits: number;
  readonly saved: number;
  readonly crashes: number;
  readonly requests: number;
}

const LENGTH = 40_000;
/** Plays one schedule. The same seed plays the same one. */
export async function playSchedule(seed: number): Promise<Report> {
  const world = new World(seed);
  const putBack = [world.time.install(world.random), world.channels.install(world), world.page.install()];
  try {
    await new Schedule(world).play();
  } finally {
    for (const put of putBack) put();
  }
  const { book, server, crashesLeft } = world;
  const own = book.all.filter(({ process }) => process !== undefined);
  const saved = own.filter((made) => book.isDone(made)).length;
  const { wrong, story } = book;
  return { seed, wrong, story, edits: own.length, saved, crashes: 4 - crashesLeft, requests: server.requests.length };
}

class Schedule {
  readonly #world: World;
  readonly #fleet: Fleet;
  #named = 0;
  readonly #taken = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
    this.#fleet = new Fleet(world);
  }

  async play(): Promise<void> {
    const { time, random, book } = this.#world;
    if (random() < 0.3) await this.#before('grace');
    this.#fleet.open();
    const actions = 3 + this.#world.some(16);
    for (let action = 0; action < actions; action += 1) time.at(this.#world.some(LENGTH), () => this.#act());
    await time.run(() => false, LENGTH);
    book.check();
    await settle(this.#world, this.#fleet);
    for (const path of book.all.map((made) => made.path)) book.sync(path);
    book.check();
    for (const path of DOCS)
      for (const what of outOfOrder(book.all, path, Object(this.#world.server.get<Doc>(path)?.value)))
        book.blame('edits of one place keep their order', what);
  }

  /** Somebody else has used this storage, and left something there. */
  async #before(owner: string): Promise<void> {
    const { time } = this.#world;
    const proc = new Proc(this.#world, `${owner}0`, owner);
    await time.run(() => proc.isReady || !proc.isAlive, 60_000);
    proc.waiting.pause();
    this.#edit(proc);
    await time.run(() => false, 2_000);
    proc.die('at the sign-out');
  }

  #act(): void {
    const { random, climate, time, weather, book } = this.#world;
    const { alive } = this.#fleet;
    const proc = alive[this.#world.some(alive.length)];
    if (proc === undefined) {
      if (this.#fleet.mayOpen) this.#fleet.open();
      return;
    }
    const what = pick(random, [
      ...(['edit', 'edit', 'edit', 'edit', 'edits', 'edits', 'stranger', 'stranger', 'stranger', 'weather'] as const),
      ...([
        'weather',
        'die',
        'open',
        'close',
        'pause',
        'resume',
        'retry',
        'discard',
        'create',
        'delete',
        'put',
        'clear',
        'type',
        'type',
        'type',
        'type',
        'save',
        'shut',
        'leave',
      ] as const),
      'jump',
      'jump',
      'jump',
    ]);
    const { entries } = proc.waiting;
    const entry = entries[this.#world.some(entries.length)];
    switch (what) {
      case 'edit':
        return this.#edit(proc);
      case 'edits':
        return this.#edits(proc);
      case 'stranger':
        return this.#stranger();
      case 'weather': {
        const status = pick(random, [503, 503, 500, 401, 423, 422, 429, 502]);
        const path = random() < 0.7 ? pick(random, DOCS) : '*';
        const commits = status >= 500 && random() < 0.4;
        const until = time.now + this.#world.some(15_000);
        weather.set(path, { status, until, commits });
        return book.tell(`weather: ${status}${commits ? ' after all' : ''} at ${path} until ${until}`);
      }
      case 'die':
        if (climate.crashes > 0) proc.die('all at once');
        // While another one takes over what that has left.
        if (random() < 0.3) time.at(this.#world.some(6_000), () => this.#fleet.alive[0]?.clear());
        return;
      case 'open':
        if (climate.isShared && alive.length < 3) this.#fleet.open();
        return;
      case 'close':
        if (random() < 0.8) proc.close().catch((error) => book.blame('close() ends', String(error)));
        return;
      case 'pause':
        return proc.waiting.pause();
      case 'resume':
        return proc.waiting.resume();
      case 'retry':
        return entry && this.#fleet.retry(proc, entry.id);
      case 'discard':
        return entry && random() < 0.4 ? this.#fleet.discard(proc, entry.id) : undefined;
      case 'clear':
        return random() < 0.5 ? void proc.clear() : undefined;
      case 'create':
        return this.#send(proc, { kind: 'create', token: this.#name('c') }, `/made/${this.#named}`);
      case 'delete': {
        const path = `/gone/${this.#named}`;
        this.#world.server.seed(path, startDoc());
        const handle = proc.client.resource(path.slice(1));
        const go = (): void => (proc.isAlive ? this.#send(proc, { kind: 'delete' }, path) : undefined);
        this.#name('x');
        handle.get().then(go, () => {});
        return;
      }
      case 'put':
        return this.#send(proc, { kind: 'field', field: 'text', token: `put-${this.#name('p')}` }, pick(random, DOCS));
      case 'type':
        return this.#type(proc);
      case 'save':
        return proc.typist.save(pick(random, DOCS));
      case 'shut':
        return proc.typist.close(pick(random, DOCS));
      case 'leave':
        this.#world.page.leave();
        for (const each of alive) each.typist.leave();
        // A page that goes has a moment, or comes back.
        if (climate.crashes > 0 && random() < 0.7)
          time.at(50, () => (this.#world.isCalm ? undefined : proc.typist.goes()));
        return;
      case 'jump':
        if (climate.hasClockJumps) time.skew += this.#world.some(200_000) - 160_000;
        return;
    }
  }

  /** At once and anywhere, or one after the other in one document: some are made while others are on their way. */
  #edits(proc: Proc): void {
    const { random, time, climate, weather } = this.#world;
    const path = random() < 0.5 ? pick(random, DOCS) : undefined;
    if (path !== undefined && random() < 0.4)
      weather.set(path, {
        status: pick(random, [401, 503]),
        until: time.now + this.#world.some(12_000),
        commits: false,
      });
    for (let more = 2 + this.#world.some(3); more > 0; more -= 1) {
      const wait = path === undefined ? 0 : this.#world.some(2 * climate.latency + 100);
      time.at(wait, () => {
        if (!proc.isAlive || proc.isClosed) return;
        if (path === undefined) this.#edit(proc);
        else this.#send(proc, { kind: 'append', token: this.#name('q') }, path);
      });
    }
  }

  /** A few words in one draft, one after the other. */
  #type(proc: Proc): void {
    const { random, time } = this.#world;
    const path = pick(random, DOCS);
    const isList = random() < 0.4;
    for (let more = 1 + this.#world.some(4); more > 0; more -= 1) {
      time.at(this.#world.some(1_500), () => {
        if (!proc.isAlive || proc.isClosed || this.#world.isCalm) return;
        const token = this.#name('t');
        const deed: Deed = isList ? { kind: 'append', token } : { kind: 'field', field: 'title', token };
        proc.type(this.#world.book.made(`${this.#named}`, deed, path, proc.owner, proc.name, true));
      });
    }
  }

  #edit(proc: Proc): void {
    const path = pick(this.#world.random, DOCS);
    this.#send(proc, this.#deed(path, 'e'), path);
  }

  #send(proc: Proc, deed: Deed, path: string): void {
    proc.do(this.#world.book.made(`${this.#named}`, deed, path, proc.owner, proc.name));
  }

  #stranger(): void {
    const { server, book, random } = this.#world;
    const path = pick(random, DOCS);
    const deed = this.#deed(path, 's');
    if (deed.kind === 'field' && deed.field === 'rule' && deed.token.startsWith('bad')) return;
    book.sync(path);
    book.made(`${this.#named}`, deed, path, 'stranger', undefined);
    server.edit(path, (doc) => doDeed(Object(doc), deed));
    book.sync(path);
  }

  #deed(path: string, who: string): Deed {
    const take = (what: string): number => {
      const key = `${what} ${path}`;
      const taken = this.#taken.get(key) ?? 0;
      this.#taken.set(key, taken + 1);
      return taken;
    };
    return someDeed(this.#world.random, this.#name(who), take);
  }

  #name(who: string): string {
    this.#named += 1;
    return `${who}${this.#named}.`;
  }
}
