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
export function asked(): { readonly isWithin: () => boolean; readonly run: <T>(hook: () => T) => T } {
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
