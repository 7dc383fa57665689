import { expect, test } from 'vitest';
import { acceptsPatch } from '../../src/protocol/body/write-form.js';

test.each<[string | undefined, ReturnType<typeof acceptsPatch>]>([
  [undefined, undefined],
  ['application/json-patch+json', { jsonPatch: true, mergePatch: false }],
  ['application/merge-patch+json;charset=utf-8, text/x', { jsonPatch: false, mergePatch: true }],
  ['Application/JSON-Patch+JSON , application/merge-patch+json', { jsonPatch: true, mergePatch: true }],
  ['text/n3, application/sparql-update', { jsonPatch: false, mergePatch: false }],
  ['*/*', { jsonPatch: true, mergePatch: true }],
  ['', { jsonPatch: false, mergePatch: false }],
])('Accept-Patch %j', (value, accepted) => {
  expect(acceptsPatch(new Headers(value === undefined ? {} : { 'Accept-Patch': value }))).toEqual(accepted);
});
