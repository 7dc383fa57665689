import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import * as library from 'unconflict';
import { describe, expect, test } from 'vitest';
import { pages, pageText, root } from './examples.js';
import { anchorsOf, linksOf } from './markdown.js';

interface Reference {
  readonly place: string;
  readonly target: string;
  readonly page: string;
}

const references = pages().flatMap((page) =>
  linksOf(pageText(page)).map(({ line, target }): Reference => ({ place: `${page}:${line}`, target, page })),
);
const inside = references.filter(({ target }) => !/^[a-z]+:/.test(target));

/** The file a link leads to, from the root; '' for the page itself. */
function fileOf({ page, target }: Reference): string {
  const [path = ''] = target.split('#');
  return path === '' ? page : normalize(join(dirname(page), path));
}

describe('links between the pages', () => {
  test('the scan sees links', () => {
    expect(inside.length).toBeGreaterThan(20);
  });

  test('lead to files that exist', () => {
    expect(
      inside.filter((link) => !existsSync(join(root, fileOf(link)))).map(({ place, target }) => `${place} ${target}`),
    ).toEqual([]);
  });

  test('lead to headings that exist', () => {
    const lost = inside.filter((link) => {
      const [, anchor] = link.target.split('#');
      const file = fileOf(link);
      if (anchor === undefined || !existsSync(join(root, file)) || statSync(join(root, file)).isDirectory())
        return false;
      return !anchorsOf(pageText(file)).includes(anchor);
    });
    expect(lost.map(({ place, target }) => `${place} ${target}`)).toEqual([]);
  });
});

/** `src/engine/loop.ts`, `test/core/laws*.test.ts`, `docs/demo`: what a page says is there. `<layer>` stands for any. */
const named = pages().flatMap((page) =>
  [...pageText(page).matchAll(/(?<![\w/.-])(?:src|test|docs)\/[\w./*<>-]*[\w*>]/g)].map(([path]) => ({ page, path })),
);

function isThere(path: string): boolean {
  const folder = join(root, dirname(path));
  const names = new RegExp(`^${basename(path).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return existsSync(folder) && readdirSync(folder).some((name) => names.test(name));
}

describe('files that pages name', () => {
  test('the scan sees some', () => {
    expect(named.map(({ path }) => path)).toContain('src/engine/loop.ts');
  });

  test('exist', () => {
    const lost = named.filter(({ path }) => !path.includes('<') && path !== 'docs/.vitepress/dist' && !isThere(path));
    expect(lost.map(({ page, path }) => `${page} names ${path}`)).toEqual([]);
  });
});

test('the README has at most 150 lines', () => {
  expect(pageText('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

/** Every class of error the library exports that has a code of its own. */
const parents: readonly string[] = ['EditError'];
const errorClasses = Object.entries(library).flatMap(([name, value]) =>
  typeof value === 'function' && value.prototype instanceof library.UnconflictError && !parents.includes(name)
    ? [name]
    : [],
);
/** `RetryLimitError` → `ERR_RETRY_LIMIT`; one class is named longer than its code. */
const codeOf = (name: string): string =>
  name === 'UnreadableResponseError'
    ? 'ERR_UNREADABLE'
    : `ERR_${name
        .replace(/Error$/, '')
        .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
        .toUpperCase()}`;

describe('docs/errors.md', () => {
  const anchors = anchorsOf(pageText('docs/errors.md'));

  test('the library exports errors', () => {
    expect(errorClasses).toContain('ConflictError');
  });

  test.each(errorClasses)('has a section for %s', (name) => {
    expect(anchors).toContain(codeOf(name).toLowerCase());
    expect(pageText('docs/errors.md')).toContain(`\`${name}\``);
  });

  test('has no section for a code that no class has', () => {
    const codes = errorClasses.map((name) => codeOf(name).toLowerCase());
    expect(anchors.filter((anchor) => anchor.startsWith('err_') && !codes.includes(anchor))).toEqual([]);
  });

  test('its table links every code to its section', () => {
    const linked = linksOf(pageText('docs/errors.md')).map(({ target }) => target);
    expect(linked).toEqual(expect.arrayContaining(errorClasses.map((name) => `#${codeOf(name).toLowerCase()}`)));
  });
});
