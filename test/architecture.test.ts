import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** docs/architecture.md in code: a file may import from its own layer and from those before it, never from a later one. */
const LAYERS = ['core', 'protocol', 'contract', 'errors', 'presets', 'engine', 'client', 'session', 'index.ts'];
/** What any user can import. Everything else in src is an adapter, and adapters see only these. */
const DOORS = ['index.ts', 'core/index.ts', 'presets/index.ts', 'testing/index.ts'];
/** Packages that only these layers may import. */
const OWNED_PACKAGES: Record<string, readonly string[]> = {
  ky: ['client'],
  'p-retry': ['engine'],
  'fast-json-patch': ['core'],
};
/** Layers that may also name an owned package's types: they are part of the public contract. */
const TYPE_READERS: Record<string, readonly string[]> = {
  ky: ['contract', 'index.ts'],
  'fast-json-patch': LAYERS.concat('testing'),
};
const MAX_LINES = 250;

const src = fileURLToPath(new URL('../src', import.meta.url));

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

interface Module {
  readonly path: string;
  readonly layer: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

const layerOf = (path: string): string => path.split('/')[0] ?? path;

const IMPORT = /^\s*(import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|(?<![\w.])import\(\s*'([^']+)'/gm;

function readModule(path: string): Module {
  const text = readFileSync(join(src, path), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
  const imports = [...code.matchAll(IMPORT)].map((found): Import => {
    const target = found[3] ?? found[4] ?? '';
    const from = target.startsWith('.') ? normalize(join(dirname(path), target)).replace(/\.js$/, '.ts') : target;
    return { from, typeOnly: found[2] !== undefined };
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
    for (const { from } of own.get(path)?.imports ?? []) {
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

describe('the layers of src', () => {
  test('the scan sees the modules and their imports', () => {
    expect(modules.length).toBeGreaterThan(10);
    expect(own.get('core/conflict.ts')?.imports).toContainEqual({ from: 'core/json.ts', typeOnly: true });
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
        !LAYERS.includes(module.layer) && own.has(from) && layerOf(from) !== module.layer && !DOORS.includes(from),
    );
    expect(inside).toEqual([]);
  });

  test('every relative import names an existing module', () => {
    const lost = offences((_, { from }) => /\.tsx?$/.test(from) && !own.has(from));
    expect(lost).toEqual([]);
  });

  test('a package is imported by the layer that owns it', () => {
    const foreign = offences((module, { from, typeOnly }) => {
      const owners = OWNED_PACKAGES[from];
      if (owners === undefined || owners.includes(module.layer)) return false;
      return !(typeOnly && TYPE_READERS[from]?.includes(module.layer));
    });
    expect(foreign).toEqual([]);
  });

  test('core imports nothing but core and fast-json-patch', () => {
    const outside = offences(
      ({ layer }, { from }) => layer === 'core' && layerOf(from) !== 'core' && from !== 'fast-json-patch',
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
