/** Everything that a polluted prototype or a careless assignment could change for the rest of the program. */
const SHARED: readonly object[] = [
  globalThis,
  ...[Object, Array, Function, String, Number, Boolean, Symbol, Promise, Map, Set, WeakMap, WeakRef, Error, TypeError],
  ...[RegExp, Date, URL, URLSearchParams, Headers, Request, Response, AbortController, AbortSignal, ReadableStream],
  ...[JSON, Math, Reflect, structuredClone, fetch],
].flatMap((builtin) => {
  const prototype: unknown = Object.getOwnPropertyDescriptor(builtin, 'prototype')?.value;
  return typeof prototype === 'object' && prototype !== null ? [builtin, prototype] : [builtin];
});

/** Node makes some of its globals only when they are first asked for. */
function wakeGlobals(): void {
  for (const key of Reflect.ownKeys(globalThis)) if (!String(key).endsWith('Storage')) Reflect.get(globalThis, key);
}

/** A picture of the builtins: which members they have, and what each is. Getters are not called. */
export function pictureOfGlobals(): ReadonlyMap<object, ReadonlyMap<PropertyKey, unknown>> {
  wakeGlobals();
  return new Map(
    SHARED.map((shared) => [
      shared,
      new Map(
        Reflect.ownKeys(shared).map((key) => {
          const descriptor = Object.getOwnPropertyDescriptor(shared, key);
          return [key, descriptor?.get ?? descriptor?.value];
        }),
      ),
    ]),
  );
}

/** What differs, in words; empty where nothing does. */
export function changesSince(before: ReturnType<typeof pictureOfGlobals>): string[] {
  const changes: string[] = [];
  for (const [shared, members] of pictureOfGlobals()) {
    const known = before.get(shared) ?? new Map<PropertyKey, unknown>();
    const name = Object.prototype.toString.call(shared);
    for (const key of new Set([...known.keys(), ...members.keys()])) {
      if (!Object.is(known.get(key), members.get(key))) changes.push(`${name} ${String(key)}`);
    }
  }
  return changes;
}
