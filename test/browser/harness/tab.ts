import type { BrowserContext, Page } from 'playwright-core';

/** A page, and what went wrong in it. */
export interface Tab {
  readonly page: Page;
  /** Uncaught errors and what was written to `console.error`. That a server answered 4xx, which Chromium writes there too, is none. */
  readonly problems: readonly string[];
  /** Calls what a module of the page exports. Arguments and the answer travel as JSON. */
  call<Module, Name extends keyof Module & string>(
    module: string,
    name: Name,
    ...args: Module[Name] extends (...args: infer Args) => unknown ? Args : never
  ): Promise<Module[Name] extends (...args: never) => infer Answer ? Awaited<Answer> : never>;
}

/** Opens a URL in a new tab. Tabs of one context share what tabs of one window share: storage, locks and channels of an origin. */
export async function openTab(context: BrowserContext, url: string): Promise<Tab> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      problems.push(message.text());
    }
  });
  await page.goto(url);
  return {
    page,
    problems,
    // As text: an import() written here would be rewritten for Node before it gets to the page.
    call: (module, name, ...args) =>
      page.evaluate(
        `import(${JSON.stringify(module)}).then((m) => m[${JSON.stringify(name)}](...${JSON.stringify(args)}))`,
      ),
  };
}
