import { describe, expect, test } from 'vitest';
import { InvalidOptionsError } from '../../../src/core/errors.js';
import { checkMerge } from '../../../src/core/rules/check-merge.js';
import type { MergeRule } from '../../../src/core/rules/rule.js';

/** As it may come from JavaScript, or from a file. */
const read = (json: string): Record<string, MergeRule> => JSON.parse(json);

const refusal = (table: Record<string, MergeRule>): InvalidOptionsError => {
  try {
    checkMerge(table, 'defaults.merge');
  } catch (error) {
    if (error instanceof InvalidOptionsError) return error;
    throw error;
  }
  throw new Error('It was let through.');
};

test.each<[Record<string, MergeRule>]>([
  [{}],
  [{ '': 'local', '/a': 'remote', '/**': 'manual' }],
  [{ '/a': () => undefined }],
  [{ '/a': { rule: 'list', key: 'id' }, '/b': { rule: 'list', key: ['a', 'b'] } }],
  [{ '/a': { rule: 'set' }, '/b': { rule: 'atomic' }, '/c': { rule: 'server' }, '/d': { rule: 'merge' } }],
  [{ '/a': { rule: 'counter' }, '/b': { rule: 'counter', min: 0, max: 0 }, '/c': { rule: 'counter', min: undefined } }],
  [
    {
      '/a': { rule: 'text' },
      '/b': { rule: 'text', by: 'line' },
      '/c': { rule: 'latest' },
      '/d': { rule: 'latest', field: '/at' },
    },
  ],
])('the table %j is good', (table) => {
  expect(() => checkMerge(table, 'merge')).not.toThrow();
});

describe('a bad table is refused where it is given', () => {
  const cases: [json: string, option: string, reason: string][] = [
    ['{"a":"local"}', '["a"]', 'pointer pattern'],
    ['{"/~":"local"}', '["/~"]', 'pointer pattern'],
    ['{"/a":"lokal"}', '["/a"]', 'is no rule'],
    ['{"/a":null}', '["/a"]', "'manual'"],
    ['{"/a":7}', '["/a"]', 'a function'],
    ['{"/a":{}}', '["/a"].rule', 'must be list, set'],
    ['{"/a":[]}', '["/a"].rule', 'must be list, set'],
    ['{"/a":{"rule":"lst"}}', '["/a"].rule', "'lst'"],
    ['{"/a":{"rule":"constructor"}}', '["/a"].rule', "'constructor'"],
    ['{"/a":{"rule":["set"]}}', '["/a"].rule', 'must be list'],
    ['{"/ok":"local","/a/*/b":{"rule":"list"}}', '["/a/*/b"].key', "rule 'list'"],
    ['{"/a":{"rule":"list","key":""}}', '["/a"].key', 'the name'],
    ['{"/a":{"rule":"list","key":[]}}', '["/a"].key', 'a list of names'],
    ['{"/a":{"rule":"list","key":["id",7]}}', '["/a"].key', 'a list of names'],
    ['{"/a":{"rule":"set","min":1}}', '["/a"].min', "rule 'set'"],
    ['{"/a":{"rule":"counter","minimum":1}}', '["/a"].minimum', 'no such option'],
    ['{"/a":{"rule":"counter","min":"1"}}', '["/a"].min', 'a finite number'],
    ['{"/a":{"rule":"counter","max":null}}', '["/a"].max', 'a finite number'],
    ['{"/a":{"rule":"counter","min":2,"max":1}}', '["/a"].max', 'not below min'],
    ['{"/a":{"rule":"text","by":"sentence"}}', '["/a"].by', "'line'"],
    ['{"/a":{"rule":"latest","field":"at"}}', '["/a"].field', "rule 'latest'"],
    ['{"/a":{"rule":"latest","field":"/~2"}}', '["/a"].field', 'JSON Pointer'],
    ['{"/a":{"rule":"latest","field":7}}', '["/a"].field', 'JSON Pointer'],
  ];
  test.each(cases)('%s', (json, option, reason) => {
    const error = refusal(read(json));
    expect(error.code).toBe('ERR_INVALID_OPTIONS');
    expect(error.option).toBe(`defaults.merge${option}`);
    expect(error.message).toContain(`defaults.merge${option.replace('.rule', '')}`);
    expect(error.message).toContain(reason);
  });
});
