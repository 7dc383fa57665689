import type { Operation } from 'fast-json-patch';
import type { JsonValue, MergeRule, Patch, Resolution } from '../../../src/core/index.js';
import { atomic, counter, latest, list, server, set, text } from '../../../src/core/index.js';
import type { RebaseCase } from './case.js';

const RULES: { readonly [name: string]: (options: never) => MergeRule } = {
  atomic,
  counter,
  latest,
  list,
  server,
  set,
  text,
};

/** Rules that are functions, by name. */
const FUNCTIONS: { readonly [name: string]: MergeRule } = {
  larger: ({ local, remote }) =>
    local.present && remote.present ? (Number(local.value) < Number(remote.value) ? 'local' : 'remote') : undefined,
  both: () => ({ value: [2, 3] }),
  undecided: () => undefined,
  removing: () => 'remove',
};

const ANSWERS: { readonly [text: string]: Resolution } = {
  local: 'local',
  remote: 'remote',
  base: 'base',
  remove: 'remove',
};
const LANDED = { yes: 'yes', no: 'no', unknown: 'unknown' } as const;

/** Reads a table of cases: `row name | base | edit | remote | value | facts …`; an indented line goes on with the one before. */
export function readCases(table: string): RebaseCase[] {
  const lines = table
    .replace(/\n\s+\|/g, ' |')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map(readCase);
}

function readCase(line: string): RebaseCase {
  const [title = '', base = '', edit = '', remote = '', value = '', ...facts] = line
    .split(' | ')
    .map((column) => column.trim());
  const [, row = '', name = ''] = /^(\d+) (.+)$/.exec(title) ?? [];
  if (name === '') throw new Error(`not a case: ${line}`);
  const patch = readPatch(edit);
  const merged = value === '?' ? {} : { value: readJson(value === 'remote' ? remote : value) };
  const told = facts.map((fact) => readFact(fact, patch));
  const swapped = told.find((fact) => fact.swapped === false) ?? mergeSwapped(told);
  return Object.assign(
    { row: Number(row), name, base: readJson(base), patch, remote: readJson(remote), ...merged },
    ...told,
    swapped,
  );
}

/** What is said of the other way round may stand in two facts. */
function mergeSwapped(told: readonly Partial<RebaseCase>[]): Partial<RebaseCase> {
  const parts = told.map(({ swapped }) => swapped).filter((part) => part !== undefined && part !== false);
  return parts.length === 0 ? {} : { swapped: Object.assign({}, ...parts) };
}

function readFact(fact: string, patch: Patch): Partial<RebaseCase> {
  const [, word = '', rest = ''] = /^(no mirror|in doubt|as value|not as value|\w+)(?: (.+))?$/.exec(fact) ?? [];
  const parts = rest === 'nothing' ? [] : rest.split('; ');
  switch (word) {
    case 'rules':
      return { merge: readPairs(parts, readRule) };
    case 'answers':
      return { resolutions: readPairs(parts, (answer) => ANSWERS[answer] ?? { value: readJson(answer) }) };
    case 'in doubt':
      return { inDoubt: true };
    case 'emits':
      return { emits: rest === 'the same' ? patch : readPatch(rest) };
    case 'conflicts':
      return { conflicts: parts };
    case 'sides': {
      const [base, local, remote] = parts.map((side) => (side === 'missing' ? undefined : readJson(side)));
      return { sides: [base, local, remote] };
    }
    case 'settled':
      return { settled: parts };
    case 'landed':
      return { landed: parts.map((part) => LANDED[part === 'yes' || part === 'no' ? part : 'unknown']) };
    case 'undeclared':
      return { undeclared: true };
    case 'message':
      return { message: new RegExp(rest) };
    case 'no mirror':
      return { swapped: false };
    case 'mirror':
      return { swapped: rest === '' ? {} : { value: readJson(rest) } };
    case 'mirrored':
      return { swapped: { conflicts: parts } };
    case 'as value':
    case 'not as value':
      return { asValue: word === 'as value' };
    default:
      throw new Error(`not a fact: ${fact}`);
  }
}

function readPairs<T>(parts: readonly string[], read: (text: string) => T): Record<string, T> {
  return Object.fromEntries(
    parts.map((part) => {
      const [, path = '', rest = ''] = /^(\S+) (.+)$/.exec(part) ?? [];
      return [readPath(path), read(rest)];
    }),
  );
}

function readRule(rule: string): MergeRule {
  if (rule === 'local' || rule === 'remote' || rule === 'manual') return rule;
  const [, name = '', options] = /^(\w+)(\{.*\})?$/.exec(rule) ?? [];
  const known = FUNCTIONS[name];
  if (known !== undefined) return known;
  if (name === 'merge') return { rule: 'merge' };
  const make = RULES[name];
  if (make === undefined) throw new Error(`not a rule: ${rule}`);
  return Reflect.apply(make, undefined, options === undefined ? [] : [JSON.parse(options)]);
}

function readPatch(operations: string): Patch {
  return operations === 'nothing' ? [] : operations.split('; ').map(readOperation);
}

function readOperation(operation: string): Operation {
  const [, op = '', first = '', rest = ''] = /^(\w+) (\S+)(?: (.+))?$/.exec(operation) ?? [];
  if (op === 'move' || op === 'copy') return { op, from: readPath(first), path: readPath(rest) };
  if (op === 'remove') return { op, path: readPath(first) };
  if (op === 'add' || op === 'replace' || op === 'test') return { op, path: readPath(first), value: readJson(rest) };
  throw new Error(`not an operation: ${operation}`);
}

function readPath(path: string): string {
  return path === '(root)' ? '' : path;
}

/** JSON, in which `<1 2 a>` is short for `[{"id":1},{"id":2},{"id":"a"}]`. */
function readJson(json: string): JsonValue {
  return JSON.parse(
    json.replace(/<([\w ]*)>/g, (_all, ids: string) => {
      const keys = ids.split(' ').filter((id) => id !== '');
      return `[${keys.map((id) => `{"id":${/^\d+$/.test(id) ? id : `"${id}"`}}`).join(',')}]`;
    }),
  );
}
