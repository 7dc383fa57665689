import type { Random } from './random.js';
import { alikeScene } from './scene-alike.js';
import { chainScene } from './scene-chains.js';
import { counterScene } from './scene-counters.js';
import { doubtScene } from './scene-doubt.js';
import { roundScene } from './scene-rounds.js';
import { rowScene } from './scene-rows.js';
import { atomicScene, setScene } from './scene-sets.js';
import type { TreeOptions } from './scene-tree.js';
import { answeredScene, treeScene } from './scene-tree.js';
import { winnerScene } from './scene-winner.js';
import type { Scene } from './verdict.js';

const ALL: TreeOptions['local'] = ['edit', 'insert', 'remove', 'carry', 'reorder'];

/** Each kind of scene, and in how many of a thousand trials at most somebody is asked for nothing. */
export const kinds: [name: string, ceiling: number, scene: (random: Random) => Scene | undefined][] = [
  ['cards on boards and lanes', 3, treeScene({ styles: ['board', 'lanes'], local: ALL, remote: ALL })],
  ['blocks three deep', 6, treeScene({ styles: ['blocks'], local: ALL, remote: ALL })],
  [
    'emptied and removed',
    1,
    treeScene({
      styles: ['board', 'blocks', 'lanes'],
      local: ['empty', 'carry', 'edit'],
      remote: ['edit', 'insert', 'remove', 'carry'],
    }),
  ],
  ['in doubt', 0, doubtScene],
  ['sets', 0, setScene],
  ['atomic lists', 0, atomicScene],
  ['alike reorders', 2, alikeScene],
  ['rows without ids', 0, rowScene],
  ['counters below wholes', 0, counterScene],
  ['answers in rounds', 0, roundScene(false)],
  ['answers in rounds, with moves', 0, roundScene(true)],
  [
    'answers on boards',
    0,
    answeredScene({
      styles: ['board'],
      local: ['edit', 'carry', 'insert', 'remove'],
      remote: ['carry', 'remove', 'edit'],
    }),
  ],
  ['one side wins', 0, winnerScene],
  ['chains of refusals', 4, chainScene],
];
