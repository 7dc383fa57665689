import { expect, onTestFinished, test, vi } from 'vitest';
import { Registry } from '../../src/client/resource/known-resource.js';

test('one thing per key, for as long as somebody holds it', () => {
  const registry = new Registry<{ name: string }>();
  const first = registry.get('a', () => ({ name: 'first' }));
  expect(registry.get('a', () => ({ name: 'second' }))).toBe(first);
  expect(registry.get('b', () => ({ name: 'other' }))).not.toBe(first);
  expect([...registry].map(({ name }) => name)).toContain('first');
});

test('a thing is made only when it is not there', () => {
  const registry = new Registry<object>();
  let made = 0;
  const make = (): object => {
    made += 1;
    return {};
  };
  const held = [registry.get('a', make), registry.get('a', make), registry.get('a', make)];
  expect(new Set(held).size).toBe(1);
  expect(made).toBe(1);
});

test('keys of every shape are only keys', () => {
  const registry = new Registry<object>();
  const held = ['__proto__', 'constructor', ''].map((key) => [key, registry.get(key, () => ({}))] as const);
  for (const [key, thing] of held) expect(registry.get(key, () => ({}))).toBe(thing);
});

test('without WeakRef and FinalizationRegistry, as in older Workers, things stay', () => {
  for (const name of ['WeakRef', 'FinalizationRegistry']) vi.stubGlobal(name, undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  const registry = new Registry<object>();
  const made = registry.get('a', () => ({}));
  expect(registry.get('a', () => ({}))).toBe(made);
  expect([...registry]).toEqual([made]);
});
