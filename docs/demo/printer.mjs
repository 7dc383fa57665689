import { patchRows, shorten, WIDTH, wrap } from './layout.mjs';

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

/** Columns: who acts, then what happens; for requests the method, the precondition, the status and what it means. */
const INDENT = 3;
const WHO = 7;
const LABEL = 10;
/** Members have longer names than what is done with them. */
const MEMBER = 12;
const GUARD = 20;
const LEFT = ' '.repeat(INDENT + WHO);

/** Colours are for people at a terminal who have not asked for none (https://no-color.org). */
function painter(stream, environment) {
  const coloured = stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
  return (colour, text) => (coloured ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text);
}

/** Prints what happens as it happens, one thing on a line. */
export function createPrinter(stream, environment = process.env) {
  const paint = painter(stream, environment);
  let muted = 0;
  const line = (text = '') => {
    if (muted === 0) stream.write(`${text}\n`);
  };
  const rows = (label, texts, { colour, width = LABEL } = {}) => {
    for (const [index, text] of texts.entries()) {
      const left = LEFT + paint('dim', (index === 0 ? label : '').padEnd(width));
      const shown = shorten(text, WIDTH - LEFT.length - width);
      line(left + (colour === undefined ? shown : paint(colour, shown)));
    }
  };

  return {
    headline(text, under) {
      line(paint('bold', text));
      for (const row of under) line(paint('dim', shorten(row, WIDTH)));
    },
    chapter(number, title) {
      line();
      line(paint('bold', `${String(number).padEnd(INDENT)}${title}`));
    },
    note(text) {
      for (const row of wrap(text, WIDTH - INDENT)) line(' '.repeat(INDENT) + row);
    },
    /** Somebody does something. */
    step(who, text) {
      line(`${' '.repeat(INDENT)}${paint('cyan', who.padEnd(WHO))}${shorten(text, WIDTH - LEFT.length)}`);
    },
    /** One request and its answer; no status: none came. */
    request({ method, guard, status, meaning }) {
      const colour = status === undefined ? 'red' : status < 300 ? 'green' : 'yellow';
      const left = `${LEFT}${method.padEnd(LABEL)}${shorten(guard, GUARD - 1).padEnd(GUARD)}`;
      const shown = shorten(meaning, WIDTH - left.length - 5);
      line(`${left}${paint(colour, `${String(status ?? '---').padEnd(5)}${shown}`)}`);
    },
    /** What a step is about, under a label. */
    detail: (label, text, colour) => rows(label, [text].flat(), { colour }),
    /** An edit's patch, as it was made and as it landed. */
    patches(made, landed) {
      rows('patch', patchRows(made));
      rows('became', patchRows(landed), { colour: 'green' });
    },
    /** The members of a document; a list that is too long for its line gets one line for each item. */
    document(value) {
      for (const [name, member] of Object.entries(value)) {
        const whole = JSON.stringify(member);
        const long = Array.isArray(member) && whole.length > WIDTH - LEFT.length - MEMBER;
        const texts = long ? member.map((item) => JSON.stringify(item)) : [whole];
        rows(name, texts, { width: MEMBER });
      }
    },
    verdict: (good, text) => line(`${' '.repeat(INDENT)}${paint(good ? 'green' : 'red', text)}`),
    line,
    /** Prints nothing of what happens meanwhile. */
    async silently(work) {
      muted += 1;
      try {
        return await work();
      } finally {
        muted -= 1;
      }
    },
  };
}
