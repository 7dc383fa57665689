import type { Clock } from '../../src/engine/clock.js';
import type { FakeLocks } from '../engine/fake-locks.js';
import type { FlakyServer } from './flaky-server.js';
import type { Random } from './random.js';
import type { Filed, Outcome } from './records.js';
import type { VirtualClock } from './virtual-clock.js';
import type { World } from './world.js';

/** What the clients of a simulation work with. */
export interface Stage {
  readonly world: World;
  readonly servers: readonly FlakyServer[];
  readonly random: Random;
  readonly clock: VirtualClock;
  readonly engineClock: Clock;
  /** What tabs of one origin share. */
  readonly locks: FakeLocks | undefined;
  /** What the next addition to a counter adds. */
  readonly nextCount: () => number;
  readonly filed: Filed[];
  readonly outcomes: Outcome[];
  /** Promises that were seen to break on the way. */
  readonly broken: string[];
}
