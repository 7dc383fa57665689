import { apply } from 'unconflict/core';
import { make } from './dom.mjs';

/** A JSON Patch to read: what it does to `before`, operation by operation. */
export function patchView(side, title, before, patch) {
  let document = before;
  const rows = patch.map((operation) => {
    const row = make('li', {}, make('b', {}, operation.op), ` ${operation.path} `, ...operand(document, operation));
    document = apply(document, [operation]);
    return row;
  });
  if (rows.length === 0) rows.push(make('li', {}, 'nothing'));
  return make('section', { className: `patch is-${side}` }, make('h4', {}, title), make('ol', {}, ...rows));
}

function operand(document, { op, path, from, value }) {
  if (op === 'move' || op === 'copy') return [`from ${from}`];
  if (op === 'remove') return [];
  const old = op === 'replace' ? valueAt(document, path) : undefined;
  if (typeof old === 'string' && typeof value === 'string') return reworded(old, value);
  return old === undefined ? [JSON.stringify(value)] : [`${JSON.stringify(old)} → ${JSON.stringify(value)}`];
}

const valueAt = (document, pointer) =>
  pointer
    .split('/')
    .slice(1)
    .reduce((value, token) => value?.[token.replaceAll('~1', '/').replaceAll('~0', '~')], document);

/** Where a text changed: what both have in common at its two ends is left out, but for a word. */
function reworded(old, now) {
  const [before, after] = [old.split(' '), now.split(' ')];
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const gone = before.slice(head, before.length - tail);
  const come = after.slice(head, after.length - tail);
  return [
    ...(head > 2 ? ['…', after[head - 1]] : after.slice(0, head)),
    ...(gone.length > 0 ? [make('del', {}, gone.join(' '))] : []),
    ...(come.length > 0 ? [make('ins', {}, come.join(' '))] : []),
    ...(tail > 2 ? [after.at(-tail), '…'] : after.slice(after.length - tail)),
  ].flatMap((part) => [part, ' ']);
}
