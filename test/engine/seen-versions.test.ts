import { expect, test } from 'vitest';
import { SeenVersions } from '../../src/engine/resource/seen-versions.js';

const comparable = (version: string): string => version.replace(/^W\//, '');
const seenVersions = (): SeenVersions => new SeenVersions(comparable, { now: () => 0 });

test('a version that was left is known', () => {
  const seen = seenVersions();
  seen.leave('"1"');
  expect(seen.has('"1"')).toBe(true);
  expect(seen.has('"2"')).toBe(false);
});

test('no version is never known', () => {
  const seen = seenVersions();
  seen.leave(undefined);
  expect(seen.has(undefined)).toBe(false);
});

test('a version that came back is current again', () => {
  const seen = seenVersions();
  seen.leave('"1"');
  seen.forget('"1"');
  expect(seen.has('"1"')).toBe(false);
});

test('the oldest of more than 64 are forgotten', () => {
  const seen = seenVersions();
  for (let i = 0; i < 65; i += 1) seen.leave(`"${i}"`);
  expect(seen.has('"0"')).toBe(false);
  expect(seen.has('"1"')).toBe(true);
  expect(seen.has('"64"')).toBe(true);
});

test('leaving a version again makes it the newest', () => {
  const seen = seenVersions();
  for (let i = 0; i < 64; i += 1) seen.leave(`"${i}"`);
  seen.leave('"0"');
  seen.leave('"64"');
  expect(seen.has('"0"')).toBe(true);
  expect(seen.has('"1"')).toBe(false);
});

test('a version is known by whatever name is the same', () => {
  const seen = seenVersions();
  seen.leave('"1"');
  expect(seen.has('W/"1"')).toBe(true);
  seen.forget('W/"1"');
  expect(seen.has('"1"')).toBe(false);
});
