import type { EditEvent } from '../contract/events.js';
import type { ResourceStatus } from '../contract/resource.js';
import type { EditResult } from '../contract/snapshot.js';
import { backoff } from './backoff.js';
import type { Budget } from './budget.js';
import type { Clock } from './clock.js';
import type { Edit, EditInput } from './edit.js';
import type { Pause } from './loop.js';
import type { Policy } from './policy.js';
import type { ReadAnswer, ResourcePort, State } from './port.js';
import type { TabLock } from './tab-lock.js';
import type { Progress } from './turn.js';

/** What the loop may do to the resource's shared state. */
export interface Shelf {
  /** The latest state known to be on the server. */
  readonly state: State | undefined;
  /** Reads now, never from an answer that was under way already, and remembers what it found. */
  look(port: ResourcePort, signal: AbortSignal, plain: boolean): Promise<ReadAnswer>;
  /** Whether others have changed the resource since the edit was made. */
  movedSince(edit: Edit): boolean;
  /** True for a version the resource has already left. */
  leftBehind(version: string | undefined): boolean;
  /** Remembers a state as the latest on the server. `own`: our write made it. */
  keep(state: State, own: boolean): void;
  /** Remembers that the resource is not there. */
  lose(): void;
  setStatus(status: ResourceStatus): void;
  /** The server was read and names no version. */
  versionless: boolean;
  /** How this server's weak tags behave was asked; once is enough. */
  tagsAsked: boolean;
}

/** What one pass through the loop works with. */
export interface Run {
  readonly url: string;
  readonly port: ResourcePort;
  readonly policy: Policy;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly shelf: Shelf;
  /** Aborts when the client is closed: open hooks end then. */
  readonly closing: AbortSignal;
  /** Keeps the other tabs of the origin from writing meanwhile. */
  readonly tabLock: TabLock;
  /** Puts an edit in the lane again whose conflict was answered after all. */
  readonly again: (input: EditInput) => Promise<EditResult>;
  /** Tells of every edit on board. */
  readonly emit: (event: EditEvent) => void;
}

/** A Retry-After the server asked for, or the next backoff. */
export function pauseAfter(run: Run, retryAfter: number | undefined): Pause {
  run.budget.failures += 1;
  if (retryAfter !== undefined && retryAfter > 0) return { ms: retryAfter, reason: 'retry-after' };
  return { ms: backoff(run.policy.retry, run.budget.failures, run.clock), reason: 'backoff' };
}

/** Tells of a wait and waits. */
export async function sitOut(run: Run, pause: Pause): Promise<void> {
  run.emit({ type: 'wait', attempt: run.budget.attempts, ms: pause.ms, reason: pause.reason });
  // It may be long, and is not about who writes first.
  if (pause.reason !== 'backoff') run.tabLock.leave();
  await run.budget.wait(pause.ms);
}

/** Whether no write is left. Those that met a lock do not count. */
export function isExhausted(run: Run, { uncounted, moved }: Progress): boolean {
  const { attempts, attemptsWhileMoving } = run.policy.retry;
  const sent = run.budget.attempts - uncounted;
  return sent >= attemptsWhileMoving || sent - moved >= attempts;
}
