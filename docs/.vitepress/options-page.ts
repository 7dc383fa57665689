import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { INTRODUCTION, SECTIONS, type Section } from './options-sections.js';

/** One option, as its docstring describes it. */
export interface OptionRow {
  readonly name: string;
  readonly type: string;
  readonly default: string | undefined;
  readonly text: string;
}

/** The page of all options, made from the docstrings of the interfaces under `source`. `test/docs/options.test.ts` compares it with docs/options.md. */
export function optionsPage(source: string): string {
  const interfaces = interfacesIn(source);
  const sections = SECTIONS.map((section) => sectionText(section, interfaces));
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

/** The options that the page shows, by interface. */
export function optionRows(source: string): ReadonlyMap<string, readonly OptionRow[]> {
  const interfaces = interfacesIn(source);
  const shown = SECTIONS.flatMap(({ tables }) => tables.map(({ from }) => from));
  return new Map(shown.map((name) => [name, rowsOf(name, interfaces)]));
}

function sectionText({ title, text, tables }: Section, interfaces: Interfaces): string {
  const parts = tables.map(({ from, prefix = '', where, leaveOut = [], alsoOn }) => {
    const others = Object.entries(alsoOn ?? {}).map(([name, word]) => ({
      word,
      names: rowsOf(name, interfaces).map((row) => row.name),
    }));
    const rows = rowsOf(from, interfaces)
      .filter(({ name }) => !leaveOut.includes(name))
      .map((row) => {
        const also = others.filter(({ names }) => names.includes(row.name)).map(({ word }) => word);
        const place = also.length === 0 ? '' : ` Also on: ${also.join(', ')}.`;
        return `| \`${prefix}${row.name}\` | ${row.default ?? 'none'} | ${inCell(row.text)}${place}<br>${typeCell(row.type)} |`;
      });
    return `${where}\n\n| option | default | what it does, and its type |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `## ${title}\n\n${text === undefined ? '' : `${text}\n\n`}${parts.join('\n')}`;
}

type Interfaces = ReadonlyMap<string, readonly OptionRow[]>;

function rowsOf(name: string, interfaces: Interfaces): readonly OptionRow[] {
  const rows = interfaces.get(name);
  if (rows === undefined)
    throw new Error(`There is no interface ${name} any more: see docs/.vitepress/options-sections.ts.`);
  return rows;
}

/** Every interface below a folder, with its own members and those it extends. */
function interfacesIn(folder: string): Interfaces {
  const found = new Map<string, ts.InterfaceDeclaration>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    if (!/^export interface/m.test(text)) continue;
    ts.forEachChild(ts.createSourceFile(entry.name, text, ts.ScriptTarget.Latest, true), (node) => {
      if (ts.isInterfaceDeclaration(node)) found.set(node.name.text, node);
    });
  }
  const rows = (declaration: ts.InterfaceDeclaration): OptionRow[] => {
    const parents = (declaration.heritageClauses ?? []).flatMap(({ types }) =>
      types.map((type) => type.expression.getText()),
    );
    const inherited = parents.flatMap((name) => {
      const parent = found.get(name);
      return parent === undefined ? [] : rows(parent);
    });
    return [...inherited, ...declaration.members.flatMap(rowOf)];
  };
  return new Map([...found].map(([name, declaration]) => [name, rows(declaration)]));
}

function rowOf(member: ts.TypeElement): OptionRow[] {
  if (member.name === undefined) return [];
  const type = ts.isPropertySignature(member) ? (member.type?.getText() ?? '') : 'function';
  const docs = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const text = docs.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join(' ');
  return [{ name: member.name.getText(), type: type.replace(/\s+/g, ' ').replaceAll('readonly ', ''), ...split(text) }];
}

/** Takes the sentence about the default out of a docstring: `Default 25 ms.`, `Default: the last snapshot.` */
function split(comment: string): Pick<OptionRow, 'default' | 'text'> {
  const words = comment
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();
  const [whole, value] = /Default:? (.+?)(?:[.;:](?= |$)|$)/.exec(words) ?? [];
  if (whole === undefined || value === undefined) return { default: undefined, text: words };
  const rest = words.replace(whole, '').replace(/\s+/g, ' ').trim();
  return {
    default: value.replace(/(?<=\d)_(?=\d)/g, ','),
    text: rest.replace(/^[a-z]/, (first) => first.toUpperCase()),
  };
}

/** A pipe would end the cell. */
const inCell = (text: string): string => text.replaceAll('|', '\\|');
const typeCell = (type: string): string => (type === '' ? '' : `\`${inCell(type.replace(/^\| /, ''))}\``);
