import { describe, expect, test } from 'vitest';
import { findBase } from '../../../src/client/plain/find-base.js';
import { Memory } from '../../../src/client/plain/memory.js';
import { etag } from '../../../src/protocol/versions/etag.js';
import { codecOf } from '../../../src/protocol/versions/version-scheme.js';

const url = new URL('https://api.example.com/a');
const write = {
  target: { url, asked: {} },
  codec: codecOf(etag()),
  explicit: undefined,
  ifMatch: undefined,
  body: undefined,
};

function reading(...versions: string[]) {
  const memory = new Memory({});
  const values = versions.map((version, index) => {
    const value = { n: index + 1 };
    memory.add({ url: url.href, version, text: JSON.stringify(value), headers: new Headers(), asked: {} }, value);
    return value;
  });
  return {
    memory,
    values,
    find: (explicit?: object, ifMatch?: string) => findBase(memory, { ...write, explicit, ifMatch }),
  };
}

describe('without a word from the caller', () => {
  test('it is the one state that was handed out', () => {
    expect(reading('"1"').find()).toMatchObject({ value: { n: 1 }, version: '"1"' });
  });
  test('nothing is known of a URL never read', () => {
    expect(reading().find()).toBeUndefined();
  });
  test('two states are one too many, and the error says how to name one', () => {
    expect(() => reading('"1"', '"2"').find()).toThrowError(
      expect.objectContaining({
        code: 'ERR_MISSING_BASE',
        message: expect.stringMatching(/2 versions.*\{ base \}/),
      }),
    );
  });
});

describe('an If-Match of the caller', () => {
  test('names the state', () => {
    expect(reading('"1"', '"2"').find(undefined, '"1"')).toMatchObject({ value: { n: 1 }, version: '"1"' });
  });
  test('names it in its weak form too', () => {
    expect(reading('W/"1"').find(undefined, '"1"')).toMatchObject({ value: { n: 1 } });
  });
  test('that is not known leaves the write as it is', () => {
    expect(reading('"1"').find(undefined, '"9"')).toBeUndefined();
    expect(reading('"1"').find(undefined, '*')).toBeUndefined();
  });
});

describe('an explicit base', () => {
  test('may be a value that was handed out', () => {
    const { find, values } = reading('"1"', '"2"');
    expect(find(values[0])).toMatchObject({ value: { n: 1 }, version: '"1"' });
  });
  test('is the state as it was handed out, whatever the caller did to the value since', () => {
    const { find, values } = reading('"1"');
    Object.assign(values[0] ?? {}, { n: 99 });
    expect(find(values[0])).toMatchObject({ value: { n: 1 }, version: '"1"' });
  });
  test('may be a snapshot', () => {
    const snapshot = { url: url.href, value: { n: 5 }, version: '"5"' };
    expect(reading().find(snapshot)).toMatchObject({ value: { n: 5 }, version: '"5"' });
  });
  test('goes before If-Match', () => {
    const { find, values } = reading('"1"', '"2"');
    expect(find(values[0], '"2"')).toMatchObject({ version: '"1"' });
  });
  test('may be a copy of what was read, as it was', () => {
    const { find, values } = reading('"1"', '"2"');
    expect(find({ ...values[0] })).toMatchObject({ version: '"1"' });
  });
  test('that is a copy which was changed is refused, and the error says why', () => {
    const { find, values } = reading('"1"');
    expect(() => find({ ...values[0], n: 9 })).toThrowError(
      expect.objectContaining({ code: 'ERR_MISSING_BASE', message: expect.stringContaining('before you change it') }),
    );
  });
  test('that was handed out for another URL is refused', () => {
    const memory = new Memory({});
    const value = { n: 1 };
    memory.add(
      { url: 'https://api.example.com/b', version: '"1"', text: '{"n":1}', headers: new Headers(), asked: {} },
      value,
    );
    expect(() => findBase(memory, { ...write, explicit: value })).toThrowError(
      expect.objectContaining({ code: 'ERR_MISSING_BASE' }),
    );
  });
  test('that is a snapshot of another URL is refused', () => {
    const snapshot = { url: 'https://api.example.com/b', value: { n: 5 }, version: '"5"' };
    expect(() => reading().find(snapshot)).toThrowError(expect.objectContaining({ code: 'ERR_MISSING_BASE' }));
  });
  test('that is a snapshot without a version is one: the engine asks the server for its version before it writes', () => {
    const snapshot = { url: url.href, value: { n: 5 }, version: undefined };
    expect(reading().find(snapshot)).toEqual({ value: { n: 5 }, version: undefined });
  });
  test('that is a snapshot is copied: what the caller does to it later is not sent', () => {
    const snapshot = { url: url.href, value: { n: 5 }, version: '"5"' };
    const found = reading().find(snapshot);
    snapshot.value.n = 99;
    expect(found?.value).toEqual({ n: 5 });
  });
  test.each([[[]], [{ value: 1, version: 5, url: 'x' }], [new Map()]])('that is neither is refused', (base) => {
    expect(() => reading('"1"').find(base)).toThrowError(expect.objectContaining({ code: 'ERR_MISSING_BASE' }));
  });
});
