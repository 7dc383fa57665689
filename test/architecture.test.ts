import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** docs/architecture.md in code: a file may import from its own layer and from those before it, never from a later one. */
const LAYERS = [
  'core',
  'protocol',
  'contract',
  'errors',
  'presets',
  'engine',
  'client',
  'session',
  'exports.ts',
  'index.ts',
];
/** The same door twice: its chunks fetched, and in one piece. */
const WHOLE = 'eager';
/** What any user can import. Everything else in src is an adapter, and adapters see only these; `exports.ts` is what both doors have. */
const DOORS = ['index.ts', 'exports.ts', 'core/index.ts', 'presets/index.ts', 'testing/index.ts'];
/** What only one adapter needs, so that nobody else loads it, or what it fetches later: through the main door a bundler may load it at once. */
const BACK_DOORS: Record<string, readonly string[]> = {
  outbox: [
    'client/import-again.ts',
    'client/outbox/door.ts',
    'client/outbox/index.ts',
    'session/open-desk.ts',
    'session/revive.ts',
  ],
};
/** Packages that only these layers may import. */
const OWNED_PACKAGES: Record<string, readonly string[]> = {
  ky: ['client'],
  'p-retry': ['engine'],
  'fast-json-patch': ['core'],
  'idb-keyval': ['outbox'],
};
/** Layers that may also name an owned package's types: they are part of the public contract. */
const TYPE_READERS: Record<string, readonly string[]> = {
  'fast-json-patch': LAYERS.concat('testing'),
};
const MAX_LINES = 250;
/** Modules and packages that nobody needs before the first write. */
const NOT_AT_ONCE = [
  'core/diff',
  'core/patch/apply',
  'engine/queue',
  'client/plain/plain-write',
  'client/write/submit',
  'fast-json-patch',
];
/** Modules that nobody needs before two sides have changed one document, or somebody types into a draft: not even an application that uses `text()`. */
const MERGING = ['core/rebase/', 'core/rules/text/', 'core/rules/decide', 'core/rules/set'];
/** How many modules of a layer may stand on each other. */
const MOST_FLOORS: Record<string, number> = { client: 8, protocol: 8 };
/** Layers whose folders are rooms that one looks around in. */
const ROOMY = ['core', 'protocol', 'presets', 'engine', 'client', 'session', 'outbox', 'testing'];
const MOST_FILES = 12;
/** Where code is fetched that is needed later: of the client, and of what only an outbox needs, so that nobody else has it. */
const LAZY = ['client/import-again.ts', 'client/lazy.ts', 'outbox/lazy.ts'];
/** A house of its own. */
const DRAFTS = 'client/draft';

const src = fileURLToPath(new URL('../src', import.meta.url));

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
  /** `import()`: fetched when it is first needed, or only named as a type. */
  readonly dynamic: boolean;
}

interface Module {
  readonly path: string;
  readonly layer: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

const layerOf = (path: string): string => path.split('/')[0] ?? path;
/** The package that a bare import, or a part of a package, comes from. */
const packageOf = (from: string): string => (own.has(from) ? '' : (/^(?:@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from));

const IMPORT = /^\s*(import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|(?<![\w.])import\(\s*'([^']+)'/gm;

function readModule(path: string): Module {
  const text = readFileSync(join(src, path), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
  const imports = [...code.matchAll(IMPORT)].map((found): Import => {
    const target = found[3] ?? found[4] ?? '';
    const from = target.startsWith('.') ? normalize(join(dirname(path), target)).replace(/\.js$/, '.ts') : target;
    return { from, typeOnly: found[2] !== undefined, dynamic: found[4] !== undefined };
  });
  return { path, layer: layerOf(path), lines: text.split('\n').length - 1, imports };
}

const modules = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => readModule(relative(src, join(entry.parentPath, entry.name))));
const own = new Map(modules.map((module) => [module.path, module]));

const offences = (judge: (module: Module, found: Import) => boolean): string[] =>
  modules.flatMap((module) =>
    module.imports.filter((i) => judge(module, i)).map((i) => `${module.path} imports ${i.from}`),
  );

/** The first path that leads from a module back to itself. */
function cycleFrom(start: string): string[] | undefined {
  const seen = new Set<string>();
  const walk = (path: string, trail: string[]): string[] | undefined => {
    for (const { from, dynamic } of own.get(path)?.imports ?? []) {
      if (dynamic) continue;
      if (from === start) return [...trail, from];
      if (!own.has(from) || seen.has(from)) continue;
      seen.add(from);
      const cycle = walk(from, [...trail, from]);
      if (cycle) return cycle;
    }
    return undefined;
  };
  return walk(start, [start]);
}

/** What a module brings along when it is loaded: modules and packages, reached without `import()`. */
function broughtBy(start: string): Set<string> {
  const brought = new Set<string>();
  const walk = (path: string): void => {
    if (brought.has(path)) return;
    brought.add(path);
    for (const { from, typeOnly, dynamic } of own.get(path)?.imports ?? []) if (!typeOnly && !dynamic) walk(from);
  };
  walk(start);
  return brought;
}

/** How many floors of a layer stand on each other: the longest way from one of its modules to another, down its imports. */
function floorsOf(layer: string): string[] {
  const known = new Map<string, string[]>();
  const longest = (path: string): string[] => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const below = (own.get(path)?.imports ?? [])
      .filter(({ from, typeOnly, dynamic }) => !typeOnly && !dynamic && own.has(from) && layerOf(from) === layer)
      .map(({ from }) => longest(from));
    const way = [path, ...(below.sort((a, b) => b.length - a.length)[0] ?? [])];
    known.set(path, way);
    return way;
  };
  const ways = modules.filter((module) => module.layer === layer).map(({ path }) => longest(path));
  return ways.sort((a, b) => b.length - a.length)[0] ?? [];
}

describe('the layers of src', () => {
  test('the scan sees the modules and their imports', () => {
    expect(modules.length).toBeGreaterThan(10);
    expect(own.get('core/conflict.ts')?.imports).toContainEqual({
      from: 'core/json.ts',
      typeOnly: true,
      dynamic: false,
    });
  });

  test('imports point down only', () => {
    const points = offences((module, { from }) => {
      const above = LAYERS.indexOf(module.layer);
      if (!own.has(from) || above < 0) return false;
      const below = LAYERS.indexOf(layerOf(from));
      return below < 0 || below > above;
    });
    expect(points).toEqual([]);
  });

  test('adapters import only what any user can import', () => {
    const inside = offences(
      (module, { from }) =>
        !LAYERS.includes(module.layer) &&
        module.layer !== WHOLE &&
        own.has(from) &&
        layerOf(from) !== module.layer &&
        !DOORS.includes(from) &&
        BACK_DOORS[module.layer]?.includes(from) !== true,
    );
    expect(inside).toEqual([]);
  });

  test('every relative import names an existing module', () => {
    const lost = offences((_, { from }) => /\.tsx?$/.test(from) && !own.has(from));
    expect(lost).toEqual([]);
  });

  test('a package is imported by the layer that owns it', () => {
    const foreign = offences((module, { from, typeOnly }) => {
      const owners = OWNED_PACKAGES[packageOf(from)];
      if (owners === undefined || owners.includes(module.layer)) return false;
      return !(typeOnly && TYPE_READERS[from]?.includes(module.layer));
    });
    expect(foreign).toEqual([]);
  });

  test('core imports nothing but core and fast-json-patch', () => {
    const outside = offences(
      ({ layer }, { from }) => layer === 'core' && layerOf(from) !== 'core' && packageOf(from) !== 'fast-json-patch',
    );
    expect(outside).toEqual([]);
  });

  test('no module reaches itself through its imports', () => {
    expect(modules.flatMap(({ path }) => cycleFrom(path)?.join(' -> ') ?? [])).toEqual([]);
  });

  test(`no file is longer than ${MAX_LINES} lines`, () => {
    expect(modules.filter(({ lines }) => lines > MAX_LINES).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });
});

describe('what is loaded at once, and what later', () => {
  const first = broughtBy('client/lazy.ts');
  const write = broughtBy('client/write-chunk.ts');

  test.each(NOT_AT_ONCE)('what an application loads at once has no %s', (part) => {
    expect([...first].filter((path) => path.startsWith(part))).toEqual([]);
    // It is needed by a write: a name that nobody has any more would make this test true for ever.
    expect([...write].some((path) => path.startsWith(part))).toBe(true);
  });

  test('of drafts, what is loaded at once is no more than how one is opened', () => {
    const ofDrafts = (paths: Iterable<string>) => [...paths].filter((path) => path.startsWith(DRAFTS));
    expect(ofDrafts(first)).toEqual([`${DRAFTS}/open-draft.ts`]);
    expect(ofDrafts(broughtBy('client/draft/index.ts')).length).toBeGreaterThan(10);
  });

  test.each(MERGING)('neither who makes rules nor who writes has %s, which is for merging', (part) => {
    const early = [...broughtBy('core/rules/makers.ts'), ...first, ...write];
    expect(early.filter((path) => path.startsWith(part))).toEqual([]);
    expect([...broughtBy('engine/conflict/index.ts')].some((path) => path.startsWith(part))).toBe(true);
  });

  test.each([...MERGING, 'core/diff', 'engine/queue/queue', 'fast-json-patch'])(
    'who calls ask() does not load %s for it',
    (part) => {
      expect([...broughtBy('session/ask.ts')].filter((path) => path.startsWith(part))).toEqual([]);
    },
  );

  test('of the outbox, what is loaded at once is its door', () => {
    const ofOutbox = (paths: Iterable<string>) => [...paths].filter((path) => path.startsWith('outbox/')).sort();
    expect(ofOutbox(broughtBy('outbox/lazy.ts'))).toEqual(['outbox/door.ts', 'outbox/lazy.ts']);
    expect(ofOutbox(broughtBy('outbox/keeping/outbox.ts')).length).toBeGreaterThan(10);
  });

  test('only a `lazy.ts` fetches, and what asks again for it, and `unconflict/eager` has none: it is one piece', () => {
    const inside = modules.filter(({ layer }) => [...LAYERS, WHOLE, 'outbox'].includes(layer));
    const fetching = inside.filter(({ path }) => /[^f] import\((?:'|\/\*)/.test(readFileSync(join(src, path), 'utf8')));
    expect(fetching.map(({ path }) => path).sort()).toEqual(LAZY);
    expect([...broughtBy('eager/index.ts')].filter((path) => LAZY.includes(path))).toEqual([]);
  });
});

describe('a house to live in', () => {
  test.each(Object.entries(MOST_FLOORS))('%s has no more than %i floors', (layer, most) => {
    const way = floorsOf(layer);
    expect(way.length, way.join('\n  -> ')).toBeLessThanOrEqual(most);
  });

  test(`no folder has more than ${MOST_FILES} files beside each other`, () => {
    const folders = new Map<string, number>();
    for (const { path, layer } of modules) {
      if (ROOMY.includes(layer)) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
    }
    const full = [...folders].filter(([, files]) => files > MOST_FILES);
    expect(full.map(([folder, files]) => `${folder}: ${files}`)).toEqual([]);
  });
});
