import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';

const FOLDER = 'src/contract';

/** Members of exported interfaces that say nothing to whoever points at them in an editor: `file: Interface.member`. */
function silentIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(`${FOLDER}/${file}`, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements
    .filter(ts.isInterfaceDeclaration)
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .flatMap(({ name, members }) =>
      members
        .filter((member) => ts.getJSDocCommentsAndTags(member).length === 0)
        .map((member) => `${file}: ${name.text}.${member.name?.getText() ?? '()'}`),
    );
}

test('every member of what users program against says what it is', () => {
  expect(readdirSync(FOLDER).flatMap(silentIn)).toEqual([]);
});
