import { describe, expect, test } from 'vitest';
import { WriteForms } from '../../src/client/write/write-forms.js';

describe('forms are tried', () => {
  test('from the most exact to the plainest, each once', () => {
    const forms = new WriteForms('json-patch', 'any');
    const tried = [forms.current];
    while (forms.next(true)) tried.push(forms.current);
    expect(tried).toEqual(['json-patch', 'merge-patch', 'put']);
  });

  test('from the one that was named on', () => {
    const forms = new WriteForms('merge-patch', 'any');
    expect(forms.current).toBe('merge-patch');
    expect(forms.next(true)).toBe(true);
    expect(forms.current).toBe('put');
    expect(forms.next(true)).toBe(false);
  });

  test('never where the caller wrote the body', () => {
    const forms = new WriteForms('json-patch', 'none');
    expect(forms.next(true)).toBe(false);
    expect(forms.current).toBe('json-patch');
  });

  test('from the start again by the next edit, when none would do', () => {
    const forms = new WriteForms('json-patch', 'any');
    while (forms.next(true));
    expect(forms.current).toBe('json-patch');
  });
});

describe('a form that has worked', () => {
  test('is not doubted by an answer that can mean something else', () => {
    const forms = new WriteForms('json-patch', 'any');
    forms.prove();
    expect(forms.next(false)).toBe(false);
    expect(forms.current).toBe('json-patch');
  });

  test('is given up where the answer can mean nothing else', () => {
    const forms = new WriteForms('json-patch', 'any');
    forms.prove();
    expect(forms.next(true)).toBe(true);
    expect(forms.current).toBe('merge-patch');
  });
});

describe('Accept-Patch', () => {
  test.each([
    [{ jsonPatch: true, mergePatch: true }, 'json-patch'],
    [{ jsonPatch: false, mergePatch: true }, 'merge-patch'],
    [{ jsonPatch: false, mergePatch: false }, 'put'],
  ])('%j leads to %s', (accepted, form) => {
    const forms = new WriteForms('json-patch', 'any');
    forms.heed(accepted);
    expect(forms.current).toBe(form);
  });

  test('does not take the only form away', () => {
    const forms = new WriteForms('json-patch', 'none');
    forms.heed({ jsonPatch: false, mergePatch: false });
    expect(forms.current).toBe('json-patch');
  });

  test('says nothing about PUT', () => {
    const forms = new WriteForms('put', 'any');
    forms.heed({ jsonPatch: true, mergePatch: true });
    expect(forms.current).toBe('put');
  });
});
