import { openDraft, writableParent } from '../core/draft.js';
import type { JsonValue } from '../core/json.js';
import { setOwn } from '../core/json.js';
import { getAt } from '../core/pointer.js';
import { literalsOf } from './token-text.js';
import type { VersionCodec } from './version-scheme.js';

/** A value without the version it carries, for making it anew: an old version would be refused, or believed. */
export function withoutVersion(codec: VersionCodec, value: JsonValue): JsonValue {
  return changed(codec, value, () => undefined);
}

/** What was written, with the version the answer gave it in the place of the one it replaced. */
export function withVersion(codec: VersionCodec, value: JsonValue, version: string): JsonValue {
  const literals = literalsOf(version, codec.places.length);
  return changed(codec, value, (index) => JSON.parse(literals[index] ?? 'null'));
}

/** A copy with another token at each of the version's places; `undefined` takes it out. No patch: this is needed where none is loaded. */
function changed(codec: VersionCodec, value: JsonValue, to: (index: number) => JsonValue | undefined): JsonValue {
  const draft = openDraft(value);
  for (const [index, tokens] of codec.places.entries()) {
    const token = tokens.at(-1);
    if (token === undefined || !getAt(draft.root, tokens).present) continue;
    const parent = writableParent(draft, tokens);
    const version = to(index);
    if (Array.isArray(parent)) parent.splice(Number(token), 1, ...(version === undefined ? [] : [version]));
    else if (parent !== undefined && version === undefined) delete parent[token];
    else if (parent !== undefined && version !== undefined) setOwn(parent, token, version);
  }
  return draft.root;
}
