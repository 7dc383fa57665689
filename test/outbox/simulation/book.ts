import type { ConflictServer } from '../../../src/testing/index.js';
import type { Deed, Doc } from './deeds.js';
import { traceOf, tracesOf } from './deeds.js';
import { isBefore } from './order.js';

/** One edit of one person, and everything that was heard of it. */
export interface Made {
  readonly name: string;
  readonly deed: Deed;
  readonly path: string;
  readonly owner: string;
  /** Undefined: a stranger's, who is never wrong. */
  readonly process: string | undefined;
  /** It is typed into a draft, which sends it itself. */
  readonly isTyped: boolean;
  /** What the place that it changes held when it was made. */
  seen: string | undefined;
  /** When what it is made on had been read, in ticks: one that is begun while nothing can be seen waits for that. */
  seenAt: number;
  /** The storage's key of its entry. */
  key: string | undefined;
  /** When its entry was stored first, in ticks. */
  storedAt: number | undefined;
  /** The storage said that it could not keep it, or had not by the time its process died. */
  isUnkept: boolean;
  /** Nothing of it is stored any more. */
  isRemoved: boolean;
  /** Its promise, or an event, says that it is saved. */
  isAcknowledged: boolean;
  /** A resolver let the other side win, or a person gave it up. */
  isGivenUp: boolean;
  /** Who has erased it, with everything, and when everybody knew of that, in ticks. */
  cleared: { readonly by: string; readonly at: number } | undefined;
  /** A person had it made again where nothing told whether it had arrived. */
  remade: number;
  /** What came later may have gone on without it. */
  isLate: boolean;
  errors: string[];
  /** How often the server did it. */
  landed: number;
  /** It was written over by an edit made on top of it, and travelled with that. */
  isCovered: boolean;
}

/** What was done, what the server did, and what does not fit. */
export class Book {
  readonly all: Made[] = [];
  readonly story: string[] = [];
  readonly wrong: string[] = [];
  /** Strangers' values that a person has decided to write over. */
  readonly decided: Set<string> = new Set();
  readonly #server: ConflictServer;
  readonly #now: () => number;
  readonly #read = new Map<string, number>();
  #ticks = 0;
  /** ms. Until then everything is being erased: what others make meanwhile may be given up with it. */
  erasing: number = Number.NEGATIVE_INFINITY;

  constructor(server: ConflictServer, now: () => number) {
    this.#server = server;
    this.#now = now;
  }

  /** The order of everything that happens. */
  tick(): number {
    this.#ticks += 1;
    return this.#ticks;
  }

  tell(line: string): void {
    this.story.push(`${String(Math.round(this.#now())).padStart(7)} ${line}`);
  }

  blame(promise: string, line: string): void {
    this.wrong.push(`${promise}: ${line}`);
    this.tell(`!!! ${promise}: ${line}`);
  }

  made(name: string, deed: Deed, path: string, owner: string, process: string | undefined, isTyped = false): Made {
    const facts = {
      name,
      deed,
      path,
      owner,
      process,
      isTyped,
      seen: undefined,
      seenAt: 0,
      key: undefined,
      storedAt: undefined,
      cleared: undefined,
    };
    const states = {
      isUnkept: false,
      isRemoved: false,
      isAcknowledged: false,
      isGivenUp: this.#now() <= this.erasing,
      remade: 0,
      isLate: false,
    };
    const made: Made = { ...facts, ...states, errors: [], landed: 0, isCovered: false };
    this.all.push(made);
    return made;
  }

  /** What one entry holds: one edit, or all that was typed into a draft. */
  in(key: string): readonly Made[] {
    return this.all.filter((made) => made.key?.endsWith(key) === true);
  }

  /** Reads what the server has done since. */
  sync(path: string): void {
    const states = this.#server.history<Doc>(path);
    for (let index = this.#read.get(path) ?? 0; index < states.length; index += 1) {
      const { value, by } = states[index] ?? {};
      const before = states[index - 1]?.value;
      this.#read.set(path, index + 1);
      if (index === 0 && by === undefined) continue;
      const [process = 'stranger', sentAt = '0'] = (by?.headers['x-sim'] ?? '').split(':').filter(Boolean);
      this.#judge(path, before, value, process, Number(sentAt));
    }
  }

  #judge(path: string, before: Doc | undefined, after: Doc | undefined, process: string, sentAt: number): void {
    const here = this.all.filter((made) => made.path === path);
    const [old, now] = [tracesOf(before), tracesOf(after)];
    const did: Made[] = [];
    for (const name of new Set([...old.bag.keys(), ...now.bag.keys()])) {
      const gained = (now.bag.get(name) ?? 0) - (old.bag.get(name) ?? 0);
      if (gained === 0) continue;
      const made = here.find(({ deed }) => 'bag' in traceOf(deed) && Object(traceOf(deed)).bag === name);
      if (gained > 0 && made !== undefined) {
        made.landed += gained;
        did.push(made);
      } else if (!isRemoval(here, name) && !(this.decided.has(name) && here.some(({ isUnkept }) => isUnkept)))
        this.blame('no stranger’s change is lost', `${process} made ${name} ${gained} in ${path}`);
    }
    for (const slot of new Set([...old.slots.keys(), ...now.slots.keys()])) {
      if (slot.startsWith('items.') && !/^items\.i\d$/.test(slot)) continue;
      const [was, is] = [old.slots.get(slot), now.slots.get(slot)];
      if (was === is) continue;
      const made = here.find(({ deed }) => {
        const trace = traceOf(deed);
        return 'slot' in trace && trace.slot === slot && trace.holds === is;
      });
      if (made === undefined) {
        // A new document has what it is made with.
        if (before !== undefined && after !== undefined)
          this.blame('nothing changes by itself', `${process} made ${slot} of ${path} ${is}`);
        continue;
      }
      made.landed += 1;
      did.push(made);
      this.#cover(made, here);
      if (process !== 'stranger' && before !== undefined && !this.#mayReplace(made, was, here))
        this.blame('no stranger’s change is overwritten', `${made.name} replaced ${was}, and was made on ${made.seen}`);
    }
    const names = did.map(({ name }) => name).join(' ');
    this.tell(`server: ${path} ${names} by ${process}`);
    if (process === 'stranger') return;
    for (const made of did) {
      if (!process.startsWith(made.owner)) this.blame('nothing of another owner is sent', `${made.name} by ${process}`);
      if (made.cleared !== undefined && made.cleared.at < sentAt) this.blame('what is erased is not sent', made.name);
      // What a storage could not note, a crash makes unknown.
      if (made.landed > 1 + made.remade && !made.isUnkept)
        this.blame('each edit is made once', `${made.name} was made ${made.landed} times`);
      const isStoredFirst = made.isUnkept || made.isTyped || (made.storedAt !== undefined && made.storedAt <= sentAt);
      if (!isStoredFirst) this.blame('no write goes before its entry is stored', made.name);
    }
  }

  /** Whatever it was made on top of is in it, too, and so is what a plain write of the same process goes over, or under, and what that person typed before into a draft that is left. */
  #cover(made: Made, here: readonly Made[]): void {
    const isUnder = (other: Made): boolean => {
      const isOver = isPut(made) || isPut(other) || (other.isTyped && isBefore(other, made, here));
      return isOver && other !== made && other.process === made.process && slotOf(other) === slotOf(made);
    };
    for (const other of here.filter((each) => each.landed === 0 && isUnder(each))) other.isCovered = true;
    const under = this.#under(made, here);
    if (under === undefined || under.landed > 0 || under.isCovered) return;
    under.isCovered = true;
    this.#cover(under, here);
  }

  /** The other side has won: what it was made on top of is given up with it. */
  giveUp(made: Made): void {
    made.isGivenUp = true;
    const here = this.all.filter(({ path }) => path === made.path);
    const under = this.#under(made, here);
    if (under !== undefined && !under.isGivenUp && !this.isDone(under)) this.giveUp(under);
  }

  /** Everything of one owner. What it gives is what was kept then. */
  giveUpAll(owner: string): readonly Made[] {
    const all = this.all.filter((made) => made.owner === owner && made.process !== undefined && !this.isDone(made));
    for (const made of all) made.isGivenUp = true;
    return all.filter(({ key }) => key !== undefined);
  }

  #under(made: Made, here: readonly Made[]): Made | undefined {
    const trace = traceOf(made.deed);
    if (!('slot' in trace) || made.seen === undefined) return undefined;
    return here.find((other) => {
      const its = traceOf(other.deed);
      return other.process !== undefined && 'slot' in its && its.slot === trace.slot && its.holds === made.seen;
    });
  }

  #mayReplace(made: Made, was: string | undefined, here: readonly Made[]): boolean {
    for (let on: Made | undefined = made; on !== undefined; on = this.#under(on, here))
      if (on.seen === was) return true;
    // A person's own later edit goes over an earlier one. A plain PUT and an edit that both wait for code come in either order.
    const own = here.find(({ deed, owner }) => owner === made.owner && Object(deed).token === was);
    const isLater = own !== undefined && isBefore(own, made, here);
    return was === undefined || this.decided.has(was) || isLater || (own !== undefined && (isPut(made) || isPut(own)));
  }

  isDone({ landed, isCovered }: Made): boolean {
    return landed > 0 || isCovered;
  }

  /** What must hold at any time. */
  check(): void {
    for (const made of this.all) {
      if (made.process === undefined) continue;
      const isDone = this.isDone(made);
      if (made.isAcknowledged && !isDone && !made.isGivenUp) this.blame('what is acknowledged is saved', made.name);
      if (made.isRemoved && !isDone && !made.isGivenUp) this.blame('nothing stored is lost', made.name);
    }
  }
}

function slotOf({ deed }: Made): string | undefined {
  const trace = traceOf(deed);
  return 'slot' in trace ? trace.slot : undefined;
}

/** It is made when what it is made from has been read, and that is later than it was begun. */
function isPut({ deed }: Made): boolean {
  return 'token' in deed && deed.token.startsWith('put-');
}

/** A whole item that somebody took out: its trace is another one. */
function isRemoval(here: readonly Made[], name: string): boolean {
  return here.some(({ deed }) => deed.kind === 'delete' || (deed.kind === 'remove' && `items.${deed.item}` === name));
}
