import type { JsonValue } from '../../src/core/json.js';
import * as conflictCode from '../../src/engine/conflict/index.js';
import type { ResourcePort, State } from '../../src/engine/port.js';
import { Edit } from '../../src/engine/queue/edit.js';
import { Queue } from '../../src/engine/queue/queue.js';
import { PATIENCE, ResourceState } from '../../src/engine/resource/resource-state.js';
import type { Deed } from './document.js';
import { namesOf, tokensOf } from './document.js';
import type { FlakyServer } from './flaky-server.js';
import type { Stage } from './stage.js';
import { strongOf } from './versioning.js';
import { REPLICA_LAG } from './weather.js';

/** One client's queue for one resource, watched at every change. */
export class Desk {
  /** Which resource of the schedule's it is. */
  readonly place: number;
  readonly server: FlakyServer;
  readonly resource: ResourceState;
  readonly queue: Queue;
  readonly port: ResourcePort;
  /** Every state the client was shown. */
  readonly shown: State[] = [];
  readonly #deeds = new Map<string, Deed>();
  readonly #stage: Stage;
  #seen: JsonValue | undefined;
  /** Which state of the server's the snapshot is, at least. */
  #at = 0;

  constructor(stage: Stage, place: number, server: FlakyServer, closing: AbortSignal) {
    this.place = place;
    this.server = server;
    this.#stage = stage;
    const { engineClock: clock, locks, broken } = stage;
    const report = (error: unknown): void => void broken.push(String(error));
    this.resource = new ResourceState(`sim:/${place}`, stage.world.versioning.codec, report, clock);
    this.queue = new Queue(this.resource, { clock, closing, locks, conflict: () => conflictCode });
    this.port = server.port();
    if (server.state !== undefined) this.resource.keep(server.state, false);
    this.#remember();
    this.resource.subscribe(() => this.#watch());
  }

  note(id: string, deed: Deed): void {
    this.#deeds.set(id, deed);
  }

  #watch(): void {
    this.#remember();
    const { value } = this.resource;
    if (value === this.#seen) return;
    this.#seen = value;
    if (value !== undefined) this.#checkView(value);
  }

  /** The snapshot never goes back to a state this client has had and left. */
  #remember(): void {
    const { state } = this.resource;
    if (state?.version === undefined || state === this.shown.at(-1)) return;
    const { history } = this.server;
    const named = strongOf(state.version);
    // The same state, whose tag has grown strong meanwhile.
    const last = this.shown.at(-1)?.version;
    if (last !== undefined && strongOf(last) === named) return;
    const wasShown = this.shown.some(({ version }) => version !== undefined && strongOf(version) === named);
    this.shown.push(state);
    const ahead = history.findIndex(({ version }, index) => index >= this.#at && version === named);
    if (ahead >= 0) this.#at = ahead;
    // One that lags for longer than a patient look looks like a server that went back.
    if (ahead < 0 && wasShown && this.#stage.world.replica + REPLICA_LAG <= PATIENCE)
      this.#stage.broken.push(`the snapshot of resource ${this.place} went back to ${state.version}`);
  }

  /** What a person sees: the snapshot, and every pending edit once on top of it. */
  #checkView(value: JsonValue): void {
    const seen = tokensOf(value);
    const pending = this.resource.pending.filter((entry) => entry instanceof Edit);
    const say = (what: string): void => void this.#stage.broken.push(`resource ${this.place} as it is seen ${what}`);
    const struck = new Set<string>();
    // What the snapshot has of an edit whose answer was lost may show twice until that is found out.
    const unsure = new Set<string>();
    const there = tokensOf(this.resource.state?.value);
    // What was typed last shows. Where that was made from another state, a list that was typed before may conflict with it.
    const other = pending.findLastIndex(({ input }) => input.baseVersion !== undefined);
    for (const [index, { input, answers }] of pending.entries()) {
      const deed = this.#deeds.get(input.id);
      if (deed?.kind === 'token' && deed.where !== 2 && index < other) continue;
      if (deed?.kind === 'strike') struck.add(deed.token);
      if (deed?.kind === 'token' && there.has(deed.token)) unsure.add(deed.token);
      // Whoever was asked has given it up, or a part of it.
      if (answers.some(({ resolution }) => resolution !== 'local')) continue;
      if ((deed?.kind === 'token' || deed?.kind === 'forbidden') && !seen.has(deed.token)) say(`lacks ${deed.token}`);
    }
    for (const [token, times] of seen) if (times > 1 && !unsure.has(token)) say(`has ${token} ${times} times`);
    for (const token of struck) if (seen.has(token)) say(`still has ${token}`);
    if (pending.length === 0 && value !== this.resource.state?.value)
      say('is not its snapshot, though nothing is pending');
    // A list may conflict with what was typed, and that stays visible. The members of an object never do.
    if (this.#stage.world.deleting || pending.some(({ input }) => input.kind === 'create')) return;
    for (const token of namesOf(this.resource.state?.value).sets)
      if (!seen.has(token) && !struck.has(token)) say(`lacks ${token} of its snapshot`);
  }
}
