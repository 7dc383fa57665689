import { describe, expect, test } from 'vitest';
import { Memory } from '../../../src/client/plain/memory.js';

const A = 'https://api.example.com/a';
const B = 'https://api.example.com/b';
const entry = (url: string, version: string, text = '{}') => ({
  url,
  version,
  text,
  headers: new Headers(),
  asked: {},
});
const target = (url: string, asked = {}) => ({ url: new URL(url), asked });
const versions = (memory: Memory, url: string): (string | undefined)[] =>
  memory.of(target(url)).map(({ version }) => version);

test('remembers what was handed out for a URL, the newest last', () => {
  const memory = new Memory({});
  memory.add(entry(A, '"1"'), {});
  memory.add(entry(B, '"7"'), {});
  memory.add(entry(A, '"2"'), {});
  expect(versions(memory, A)).toEqual(['"1"', '"2"']);
  expect(memory.knows(new URL(A))).toBe(true);
  expect(memory.knows(new URL('https://api.example.com/c'))).toBe(false);
  expect(memory.of(target('https://api.example.com/c'))).toEqual([]);
});

test('the same version is remembered once', () => {
  const memory = new Memory({});
  memory.add(entry(A, '"1"'), {});
  memory.add(entry(A, '"2"'), {});
  memory.add(entry(A, '"1"'), {});
  expect(versions(memory, A)).toEqual(['"2"', '"1"']);
});

describe('a value', () => {
  test('is traced to the state it was handed out for, by identity', () => {
    const memory = new Memory({});
    const first = { a: 1 };
    const second = { a: 1 };
    memory.add(entry(A, '"1"'), first);
    memory.add(entry(A, '"2"'), second);
    expect(memory.originOf(first)?.version).toBe('"1"');
    expect(memory.originOf(second)?.version).toBe('"2"');
    expect(memory.originOf({ a: 1 })).toBeUndefined();
  });

  test('is traced even when its state was forgotten', () => {
    const memory = new Memory({});
    const value = {};
    memory.add(entry(A, '"1"'), value);
    memory.forget(target(A));
    expect(memory.originOf(value)?.version).toBe('"1"');
    expect(memory.knows(new URL(A))).toBe(false);
  });

  test('that is a scalar cannot be, and does no harm', () => {
    const memory = new Memory({});
    memory.add(entry(A, '"1"', '5'), 5);
    expect(versions(memory, A)).toEqual(['"1"']);
  });
});

describe('limits', () => {
  test('on entries forget the oldest', () => {
    const memory = new Memory({ entries: 2 });
    for (const version of ['"1"', '"2"', '"3"']) memory.add(entry(A, version), {});
    expect(versions(memory, A)).toEqual(['"2"', '"3"']);
  });

  test('on bytes forget the oldest', () => {
    const memory = new Memory({ bytes: 10 });
    for (const version of ['"1"', '"2"', '"3"']) memory.add(entry(A, version, '12345'), {});
    expect(versions(memory, A)).toEqual(['"2"', '"3"']);
  });

  test('on bytes count bytes, not letters', () => {
    const memory = new Memory({ bytes: 10 });
    memory.add(entry(A, '"1"', '漢字漢字'), {});
    expect(versions(memory, A)).toEqual([]);
  });

  test('keep out what is too large by itself, and the rest in', () => {
    const memory = new Memory({ bytes: 10 });
    memory.add(entry(A, '"1"', '12345'), {});
    memory.add(entry(A, '"2"', 'x'.repeat(11)), {});
    expect(versions(memory, A)).toEqual(['"1"']);
  });

  test('of nothing remember nothing', () => {
    const memory = new Memory({ entries: 0 });
    memory.add(entry(A, '"1"'), {});
    expect(memory.knows(new URL(A))).toBe(false);
  });

  test('free what was forgotten', () => {
    const memory = new Memory({ bytes: 10 });
    memory.add(entry(A, '"1"', '1234567890'), {});
    memory.forget(target(A));
    memory.add(entry(B, '"1"', '1234567890'), {});
    expect(memory.knows(new URL(B))).toBe(true);
  });
});

describe('which document it is', () => {
  const read = (url: string, asked: Record<string, string>) => {
    const memory = new Memory({});
    memory.add({ ...entry(url, '"1"'), asked }, {});
    return (other: string, asks: Record<string, string>) => memory.of(target(other, asks)).length > 0;
  };

  type Row = [knows: boolean, read: string, written: string];
  const queries: Row[] = [
    [true, A, `${A}?notify=true`],
    [true, `${A}?id=1`, `${A}?id=1&notify=true`],
    [true, `${A}?b=1&a=2`, `${A}?a=2&b=1`],
    [false, `${A}?fields=title`, A],
    [false, `${A}?id=1`, `${A}?id=2`],
    [false, A, B],
  ];
  test.each(queries)('%s: read %s, written %s', (knows, before, now) => {
    expect(read(before, {})(now, {})).toBe(knows);
  });

  type Asked = [knows: boolean, read: Record<string, string>, written: Record<string, string>];
  const asked: Asked[] = [
    [false, { authorization: 'Bearer a' }, { authorization: 'Bearer b' }],
    [false, { authorization: 'Bearer a' }, {}],
    [false, { cookie: 'sid=a' }, { cookie: 'sid=b' }],
    [false, { accept: 'application/vnd.v1+json' }, { accept: 'application/vnd.v2+json' }],
    [false, { 'x-tenant': 'a' }, { 'x-tenant': 'b' }],
    [false, { 'accept-language': 'de' }, { 'accept-language': 'en' }],
    [true, { 'accept-language': 'de' }, {}],
    [true, { accept: 'application/json' }, {}],
    [true, { accept: 'application/json, text/plain, */*' }, { accept: '*/*' }],
    [true, {}, { 'x-change-reason': 'typo' }],
    [true, { 'x-request-id': '1', traceparent: 'a' }, { 'x-request-id': '2', traceparent: 'b' }],
    [true, {}, { 'content-type': 'application/json', 'x-csrf-token': 'x' }],
  ];
  test.each(asked)('%s: read with %o, written with %o', (knows, before, now) => {
    expect(read(A, before)(A, now)).toBe(knows);
  });
});
