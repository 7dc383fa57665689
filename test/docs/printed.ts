/** What a `console.log` of an example printed. */
export interface Printed {
  /** Line of the call within the example, counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** The global that examples print to while they are run. */
export const PRINTER = '__printFromExample';

/** The code with every `console.log` telling which example and line it is. No line moves. */
export function withPrinter(id: string, code: string): string {
  return code
    .split('\n')
    .map((line, index) =>
      line.replace(/\bconsole\.log\(/g, `globalThis.${PRINTER}(${JSON.stringify(id)}, ${index + 1}, `),
    )
    .join('\n');
}

/**
 * What the comments say is printed: `// => value` behind a `console.log` or on the lines after it, one for each time it is called. A comment
 * behind the call on its own line needs no arrow, unless a `// …` says that something is left out. `//    more` goes on from the line above.
 */
export function expectedPrints(code: string): Printed[] {
  const expected: { line: number; text: string }[] = [];
  let call: number | undefined;
  let goesOn = false;
  const whole = !/^\s*\/\/ …/m.test(code);
  for (const [index, line] of code.split('\n').entries()) {
    const calls = /\bconsole\.log\(/.test(line);
    if (calls) call = index + 1;
    const arrow = /\/\/ => ?(.*)$/.exec(line)?.[1];
    const behind = calls && whole ? /;\s*\/\/ (.*)$/.exec(line)?.[1] : undefined;
    const more: string | undefined = goesOn ? /^\s*\/\/ {3,}(.*)$/.exec(line)?.[1] : undefined;
    const last = expected.at(-1);
    const said = arrow ?? behind;
    if (said !== undefined) {
      if (call === undefined)
        throw new Error(`Line ${index + 1} says what is printed, but nothing is printed before it.`);
      expected.push({ line: call, text: said });
    } else if (more !== undefined && last !== undefined) {
      last.text += `\n${more}`;
    }
    goesOn = said !== undefined || more !== undefined;
  }
  return expected;
}

/** Prints grouped by the call that made them. Where lines break, and how much room brackets have, is the console's business. */
export function byLine(prints: readonly Printed[]): Record<number, string[]> {
  const lines: Record<number, string[]> = {};
  for (const { line, text } of prints) {
    const even = text.replace(/\s+/g, ' ').replace(/ ?([[\]{}]) ?/g, ' $1 ');
    const said = lines[line] ?? [];
    lines[line] = said;
    said.push(even.replace(/ +/g, ' ').trim());
  }
  return lines;
}
