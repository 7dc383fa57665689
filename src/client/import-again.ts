/**
 * An `import()` that can be tried again. Some browsers remember that a module did not come, and do not ask for its address again until the page is
 * reloaded (Firefox, Chromium 150). Their error names the address: with another fragment it is another module to them, and the same file
 * to the server. A bundler that fetches files in a way of its own has errors of its own, and asks again by itself.
 *
 * It cannot help where a file that the module itself imports did not come: that one's address stays the same.
 *
 * @param get The `import()`, written where the bundler sees it.
 * @param name One of the module's exports, to know it by: bundlers may give a module out as one export of a file.
 */
export function importAgain<Module extends object>(
  get: () => Promise<Module>,
  name: string & keyof Module,
): () => Promise<Module> {
  const isModule = (value: unknown): value is Module => typeof value === 'object' && value !== null && name in value;
  let failures = 0;
  return async () => {
    try {
      return await get();
    } catch (error) {
      failures += 1;
      const address = /dynamically imported module: (\S+)/.exec(String(error))?.[1];
      // Once is asked for by the address as it is: most often nobody remembers.
      if (failures === 1 || address === undefined) throw error;
      const file: object = await import(/* @vite-ignore */ /* webpackIgnore: true */ `${address}#${failures}`);
      const module = [file, ...Object.values(file)].find(isModule);
      if (module === undefined) throw error;
      return module;
    }
  };
}
