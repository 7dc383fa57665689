import { describe, expect, it, test } from 'vitest';
import { isRepresentation } from '../../src/client/write/representation.js';
import { InvalidOptionsError } from '../../src/core/errors.js';
import * as presets from '../../src/presets/index.js';
import { readBy, type Sent, verdictBy, writeBy } from './transcript.js';
import { transcripts } from './transcripts/index.js';

it('has a transcript for every preset', () => {
  expect(transcripts.map(({ name }) => name).sort()).toEqual(Object.keys(presets).sort());
});

describe.each(transcripts)('$name, by $source', (transcript) => {
  const { url, read, value, version, update, create, remove, accepted, refusals, edit } = transcript;

  it('reads value and version', () => {
    expect(readBy(transcript, read)).toEqual({ value, version });
  });

  it('writes an update conditional on the version', () => {
    expect(writeBy(transcript, 'update')).toEqual(withHeaders(update));
  });

  it(create === 'unsupported' ? 'says why it cannot create' : 'writes a create that overwrites nothing', () => {
    if (create === 'unsupported') expect(() => writeBy(transcript, 'create')).toThrow(InvalidOptionsError);
    else expect(writeBy(transcript, 'create')).toEqual(withHeaders(create));
  });

  it(remove === 'unsupported' ? 'says why it cannot delete' : 'writes a delete conditional on the version', () => {
    if (remove === 'unsupported') expect(() => writeBy(transcript, 'delete')).toThrow(/no body|cannot delete/);
    else expect(writeBy(transcript, 'delete')).toEqual(withHeaders(remove));
  });

  it('knows what the answer to a write tells', () => {
    const told = readBy(transcript, accepted);
    expect(told.version).toBe(accepted.version);
    expect(
      told.value !== undefined && isRepresentation(JSON.parse(JSON.stringify(told.value)), edit.local, undefined),
    ).toBe(accepted.tellsValue);
  });

  test.each(refusals)('calls $what $verdict', (refusal) => {
    expect(verdictBy(transcript, refusal)).toBe(refusal.verdict);
  });

  it('never changes what it is given', () => {
    const before = JSON.stringify([edit, value]);
    writeBy(transcript, 'update');
    expect(JSON.stringify([edit, value])).toBe(before);
    expect(url).toMatch(/^https?:/);
  });
});

function withHeaders(sent: Sent): Sent {
  return { headers: {}, ...sent };
}
