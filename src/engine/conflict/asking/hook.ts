import type { Batch } from '../../batch.js';
import { untilAborted } from '../../clock.js';

/**
 * Runs a hook of the user's: off the clock, because a person may be asked, and out of the other tabs' way.
 *
 * @throws What it throws; the reason of whatever ends it: the caller's abort, the closing client, or a TimeoutError
 *   where it takes longer than `retry.hookDeadline`.
 */
export async function runHook<T>(batch: Batch, hook: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  const { hookDeadline } = batch.policy.retry;
  const late = new AbortController();
  const signal = AbortSignal.any([batch.budget.signal, batch.setting.closing, late.signal]);
  const cancel = Number.isFinite(hookDeadline)
    ? batch.clock.after(hookDeadline, () => late.abort(tooLate(hookDeadline)))
    : () => {};
  batch.tabLock.leave();
  try {
    return await batch.budget.offTheClock(() =>
      untilAborted(
        call(batch, () => hook(signal)),
        signal,
      ),
    );
  } finally {
    cancel();
  }
}

/** Calls it. An edit of the same resource that it makes could only wait for it. */
async function call<T>({ resource }: Batch, hook: () => T | Promise<T>): Promise<T> {
  const { isWithin, run } = asked();
  resource.isAsking = isWithin;
  try {
    return await run(hook);
  } finally {
    if (resource.isAsking === isWithin) resource.isAsking = () => false;
  }
}

/** Named as the error of `AbortSignal.timeout()`, so that a hook that hands its signal on fails as usual. React Native has no DOMException. */
function tooLate(ms: number): Error {
  const message = `It did not answer within ${ms} ms. Raise \`retry.hookDeadline\` if that is right.`;
  return Object.assign(new Error(message), { name: 'TimeoutError' });
}

/** What follows a call through its awaits, where a platform has it (Node, Bun, Deno, Workers with `nodejs_compat`). */
interface Storage {
  run<T>(store: readonly object[], call: () => T): T;
  getStore(): readonly object[] | undefined;
}

interface Platform {
  readonly process?: {
    getBuiltinModule?(name: string): { readonly AsyncLocalStorage?: new () => Storage } | undefined;
  };
}

const { process }: Platform = globalThis;
const { AsyncLocalStorage } = process?.getBuiltinModule?.('node:async_hooks') ?? {};
const storage = AsyncLocalStorage === undefined ? undefined : new AsyncLocalStorage();

/** A call of a hook: runs it, and tells whether what calls now was called by it. Browsers tell no more than until its first await. */
function asked(): { readonly isWithin: () => boolean; readonly run: <T>(hook: () => T) => T } {
  const self = {};
  let isNow = false;
  return {
    isWithin: () => isNow || storage?.getStore()?.includes(self) === true,
    run: (hook) => {
      isNow = true;
      try {
        // A hook may edit another resource, whose hook edits this one.
        return storage === undefined ? hook() : storage.run([...(storage.getStore() ?? []), self], hook);
      } finally {
        isNow = false;
      }
    },
  };
}
