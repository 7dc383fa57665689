import { done, startDocument, toggled, tokenDeed } from './document.js';
import { below, pick } from './random.js';
import type { Foreign } from './records.js';
import type { Stage } from './stage.js';

/** Somebody who changes resources behind all clients' backs. */
export class Meddler {
  readonly did: Foreign[] = [];
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
    const { random, clock } = stage;
    const times = 1 + below(random, 3);
    for (let index = 0; index < times; index += 1) clock.after(below(random, 3_000), () => this.#meddle(`f${index}`));
  }

  #meddle(token: string): void {
    const { random, clock, servers, world, nextCount } = this.#stage;
    const resource = below(random, servers.length);
    const server = servers[resource];
    if (server === undefined) return;
    const { value } = server.now;
    const told = (part: Partial<Foreign>): void =>
      void this.did.push({ resource, token: undefined, counted: 0, ...part });
    if (value === undefined) {
      server.change(done(startDocument(world.clients), tokenDeed(token, random)), undefined);
      told({ token });
      return;
    }
    const what = pick(random, ['token', 'token', 'count', 'toggle', 'delete']);
    if (what === 'toggle') {
      // There and back: under content hashes the old version returns.
      server.change(toggled(value), undefined);
      clock.after(below(random, 600), () => {
        if (server.now.value !== undefined) server.change(toggled(server.now.value), undefined);
      });
    } else if (what === 'delete' && world.deleting) {
      server.change(undefined, undefined);
    } else if (what === 'count') {
      const by = nextCount();
      server.change(done(value, { kind: 'count', by }), undefined);
      told({ counted: by });
    } else {
      server.change(done(value, tokenDeed(token, random)), undefined);
      told({ token });
    }
  }
}
