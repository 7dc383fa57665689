import { chunk, there } from '../../../src/client/chunks.js';
import * as desk from '../../../src/outbox/desk.js';
import type { OutboxParts } from '../../../src/outbox/door.js';
import * as keeping from '../../../src/outbox/keeping/outbox.js';
import type { Proc } from './proc.js';
import type { World } from './world.js';

/** How the code of an outbox comes into a process: it is there, or comes later, or not when it is asked for first. */
export function codeOf(world: World, proc: Proc): OutboxParts {
  const { code } = world.climate;
  if (code === 'there') return { keeping: there(keeping), desk: there(desk) };
  const fetched = chunk(async () => {
    await world.time.wait(world.some(5_000));
    if (proc.mayDie('before the code of its outbox is there')) return new Promise<never>(() => {});
    if (code === 'failing' && world.happens(0.7)) throw new TypeError('the code is lost');
    world.book.tell(`${proc.name} has the code of its outbox`);
    return keeping;
  });
  return { keeping: fetched, desk: there(desk) };
}
