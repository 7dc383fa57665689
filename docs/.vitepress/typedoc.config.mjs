import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Converter, ReflectionKind } from 'typedoc';
import { load as markdown } from 'typedoc-plugin-markdown';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { name, exports: entries } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Modules are called what a user imports: `unconflict/core`, not `core`. */
function importNames(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
      module.name = module.name === 'index' ? name : `${name}/${module.name}`;
    }
  });
}

/** The reference: one module for each entry of the package, as Markdown pages of the site. */
export default {
  entryPoints: Object.values(entries)
    .filter((entry) => typeof entry === 'object')
    .map(({ types }) => root + types.replace('./dist/', 'src/').replace('.d.ts', '.ts')),
  tsconfig: `${root}src/tsconfig.json`,
  plugin: [markdown, importNames],
  out: `${root}docs/reference`,
  name: 'Reference',
  readme: `${root}docs/.vitepress/reference.md`,
  mergeReadme: true,
  githubPages: false,
  disableSources: true,
  excludeInternal: true,
  excludePrivate: true,
  // Of what ky gives, its own documentation tells.
  excludeExternals: true,
  intentionallyNotExported: [
    'Answered',
    'Below',
    'CheckedPath',
    'ConflictErrorFacts',
    'EditErrorFacts',
    'Leaf',
    'Levels',
    'TextUnit',
    'WithRoot',
  ],
  treatWarningsAsErrors: true,
  entryFileName: 'index',
  hidePageHeader: true,
  useCodeBlocks: true,
  expandObjects: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'list',
  tableColumnSettings: { hideSources: true },
  logLevel: 'Warn',
};
