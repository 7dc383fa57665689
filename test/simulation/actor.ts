import type { EditResult } from '../../src/contract/snapshot.js';
import { diff } from '../../src/core/diff.js';
import type { JsonValue } from '../../src/core/json.js';
import type { Clock } from '../../src/engine/clock.js';
import type { EditInput, Intent } from '../../src/engine/edit.js';
import { Lane } from '../../src/engine/lane.js';
import type { ResourcePort } from '../../src/engine/port.js';
import { readSnapshot } from '../../src/engine/read-snapshot.js';
import type { OnStale } from '../../src/engine/removal.js';
import { ResourceShelf } from '../../src/engine/resource-shelf.js';
import { InDoubtError } from '../../src/errors/outcome-errors.js';
import type { Deed } from './document.js';
import { done, startDocument, tokenDeed } from './document.js';
import type { FlakyServer } from './flaky-server.js';
import type { Random } from './random.js';
import { below, pick } from './random.js';
import type { VirtualClock } from './virtual-clock.js';
import type { World } from './world.js';

/** What became of one edit, create or delete. */
export interface Outcome {
  /** Of the edit; what its idempotency keys begin with. */
  readonly id: string;
  readonly actor: number;
  readonly resource: number;
  readonly deed: Deed | { readonly kind: 'delete'; readonly version: string | undefined };
  /** `let-go`: it ended well without landing, because the resource was gone or was adopted, or a delete kept a newer state. */
  readonly kind: 'accepted' | 'let-go' | 'failed' | 'in-doubt' | 'aborted';
  readonly error: unknown;
  /** A resolver may have answered 'remote' to it. */
  readonly resolved: boolean;
  /** Nothing was written for it: the very same document was there already, by whomever. */
  readonly met: boolean;
}

/** What a client of the simulation works with. */
export interface Stage {
  readonly world: World;
  readonly servers: readonly FlakyServer[];
  readonly random: Random;
  readonly clock: VirtualClock;
  readonly engineClock: Clock;
  readonly nextCount: () => number;
  readonly outcomes: Outcome[];
}

interface Desk {
  readonly resource: number;
  readonly shelf: ResourceShelf;
  readonly lane: Lane;
  readonly port: ResourcePort;
}

/** One client with a lane for each resource. */
export class Actor {
  deeds = 0;
  readonly #name: number;
  readonly #stage: Stage;
  readonly #desks: readonly [Desk, ...Desk[]];
  #open = 0;
  #running = true;

  constructor(name: number, stage: Stage) {
    this.#name = name;
    this.#stage = stage;
    const [first, ...others] = stage.servers.map((server, resource) => this.#deskFor(server, resource));
    if (first === undefined) throw new Error('a schedule has a resource');
    this.#desks = [first, ...others];
  }

  get idle(): boolean {
    return !this.#running && this.#open === 0;
  }

  async run(): Promise<void> {
    const { random, clock, world } = this.#stage;
    const count = 1 + below(random, 4);
    for (let index = 0; index < count; index += 1) {
      if (random() < 0.6) await clock.wait(below(random, 500));
      const desk = pick(random, this.#desks);
      const id = `c${this.#name}e${index}`;
      if (world.deleting && random() < 0.15) this.#delete(desk, id);
      else if (desk.lane.value !== undefined) this.#edit(desk, id, desk.lane.value);
      else if (random() < 0.7) this.#create(desk, id);
      else await this.#read(desk);
    }
    this.#running = false;
  }

  #deskFor(server: FlakyServer, resource: number): Desk {
    const { engineClock, world } = this.#stage;
    const shelf = new ResourceShelf(world.versioning.codec, () => {});
    const lane = new Lane(`sim:/${resource}`, shelf, engineClock, new AbortController().signal);
    if (server.state !== undefined) shelf.keep(server.state, false);
    return { resource, shelf, lane, port: server.port() };
  }

  async #read({ shelf, port }: Desk): Promise<void> {
    await readSnapshot(shelf, port, this.#stage.engineClock, undefined, true).catch(() => {});
  }

  #edit(desk: Desk, id: string, base: JsonValue): void {
    const { random } = this.#stage;
    const deed = this.#deed(id);
    const intentOn = (value: JsonValue): Intent => {
      const local = done(value, deed);
      return { base: value, local, patch: diff(value, local), isDerived: true };
    };
    const { lane, shelf } = desk;
    const replay = random() < 0.15 ? intentOn : undefined;
    const baseVersion = lane.pending.length === 0 ? shelf.state?.version : undefined;
    this.#submit(desk, id, deed, {
      ...intentOn(base),
      replay,
      baseVersion,
      creating: false,
      combinable: replay === undefined,
    });
  }

  #create(desk: Desk, id: string): void {
    const deed = tokenDeed(id, this.#stage.random);
    const local = done(startDocument(), deed);
    const intent = { base: {}, local, patch: diff({}, local), isDerived: true };
    this.#submit(desk, id, deed, {
      ...intent,
      replay: undefined,
      baseVersion: undefined,
      creating: true,
      combinable: false,
    });
  }

  #submit(
    { lane, shelf, port, resource }: Desk,
    id: string,
    deed: Deed,
    own: Intent & Pick<EditInput, 'replay' | 'baseVersion' | 'creating' | 'combinable'>,
  ): void {
    const { world, engineClock: clock } = this.#stage;
    const { policy } = world;
    const { signal } = this.#begin();
    const url = lane.url;
    const rest = { id, url, port, policy, movesBefore: shelf.moves, signal, clock, emit: () => {} };
    this.#follow(lane.submit({ ...own, ...rest }), id, resource, deed, (result) => isLetGo(result, own.creating));
  }

  #delete({ lane, shelf, port, resource }: Desk, id: string): void {
    const { random, world } = this.#stage;
    const onStale = pick<OnStale>(random, ['error', 'delete', 'keep']);
    const base = random() < 0.5 ? shelf.state : undefined;
    const version = onStale === 'delete' ? undefined : base?.version;
    const { signal } = this.#begin();
    const removed = lane.remove({ id, base, onStale, port, policy: world.policy, signal, emit: () => {} });
    this.#follow(removed, id, resource, { kind: 'delete', version }, (deleted) => !deleted);
  }

  #begin(): AbortController {
    const { random, clock } = this.#stage;
    const controller = new AbortController();
    if (random() < 0.1) clock.after(below(random, 1_500), () => controller.abort(new Error('enough')));
    this.deeds += 1;
    this.#open += 1;
    return controller;
  }

  #follow<T>(
    work: Promise<T>,
    id: string,
    resource: number,
    deed: Outcome['deed'],
    letGo: (result: T) => boolean,
  ): void {
    const facts = { id, actor: this.#name, resource, deed };
    const { outcomes } = this.#stage;
    work
      .then(
        (result) => {
          const kind = letGo(result) ? 'let-go' : 'accepted';
          outcomes.push({
            ...facts,
            kind,
            error: undefined,
            resolved: someIn(result, 'resolved'),
            met: !someIn(result, 'patch'),
          });
        },
        (error: unknown) => outcomes.push({ ...facts, kind: kindOf(error), error, resolved: false, met: false }),
      )
      .finally(() => {
        this.#open -= 1;
      });
  }

  #deed(id: string): Deed {
    const { random, world, nextCount } = this.#stage;
    const chance = random();
    if (chance < 0.08) return { kind: 'forbidden', token: id };
    if (chance < 0.16) return { kind: 'title', token: id };
    if (!world.deleting && chance < 0.28) return { kind: 'count', by: nextCount() };
    if (!world.deleting && chance < 0.4) return { kind: 'log' };
    return tokenDeed(id, random);
  }
}

/** An edit of a deleted resource that was discarded, or a create that took what was there. */
function isLetGo({ version, alreadyApplied, patch }: EditResult, creating: boolean): boolean {
  return patch.length === 0 && ((version === undefined && !alreadyApplied) || (creating && alreadyApplied));
}

/** Whether a result has such a list with something in it. */
function someIn(result: unknown, list: 'resolved' | 'patch'): boolean {
  if (typeof result !== 'object' || result === null) return false;
  const found: unknown = Reflect.get(result, list);
  return Array.isArray(found) && found.length > 0;
}

function kindOf(error: unknown): Outcome['kind'] {
  if (error instanceof InDoubtError) return 'in-doubt';
  return error instanceof Error && error.message === 'enough' ? 'aborted' : 'failed';
}
