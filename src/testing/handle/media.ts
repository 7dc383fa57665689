import type { PatchForm, Settings } from '../options.js';
import { type Answer, problemAnswer } from '../wire/answer.js';
import type { ServerRequest } from '../wire/request.js';

/** How a body is meant. */
export type Media = 'document' | PatchForm;

const PATCH_TYPES: Readonly<Record<PatchForm, string>> = {
  'json-patch': 'application/json-patch+json',
  'merge-patch': 'application/merge-patch+json',
  json: 'application/json',
  any: '*/*',
};

const isPatchType = (type: string): boolean =>
  type === PATCH_TYPES['json-patch'] || type === PATCH_TYPES['merge-patch'];

/** The Accept-Patch header (RFC 5789, section 3.1), if any patch is taken. */
export const acceptPatch = ({ patches }: Settings): [name: string, value: string][] =>
  patches.some((form) => isPatchType(PATCH_TYPES[form]))
    ? [['Accept-Patch', patches.map((form) => PATCH_TYPES[form]).join(', ')]]
    : [];

/** What a PUT, POST or PATCH carries by its Content-Type, or 415. A string body without a type says `text/plain`, which is taken as JSON. */
export function mediaOf(request: ServerRequest, settings: Settings): { media: Media } | { answer: Answer } {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (request.method === 'PATCH') {
    const media = settings.patches.find((form) => form === 'any' || PATCH_TYPES[form] === type);
    if (media) return { media };
    const taken = settings.patches.map((form) => PATCH_TYPES[form]).join(' and ');
    const detail = `PATCH takes ${taken}; got ${type || 'no Content-Type'}.`;
    return { answer: problemAnswer('unsupported', 415, { detail }, acceptPatch(settings)) };
  }
  const json =
    type === '' || type === 'application/json' || type === 'text/plain' || /^application\/.+\+json$/.test(type);
  if (json && !isPatchType(type)) return { media: 'document' };
  return {
    answer: problemAnswer('unsupported', 415, { detail: `${request.method} takes application/json; got ${type}.` }),
  };
}
