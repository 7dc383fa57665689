import { ghost } from '../../../src/presets/content/ghost.js';
import type { Transcript } from '../transcript.js';

const url = 'https://blog.test/ghost/api/admin/pages/5b7a/';

export const transcript: Transcript = {
  name: 'ghost',
  source: 'Ghost documentation, "Admin API: posts, updating a post"',
  options: ghost({ collection: 'pages' }),
  url,
  read: {
    body: '{"pages":[{"id":"5b7a","title":"Old","slug":"old","custom_excerpt":"x","updated_at":"2024-01-01T00:00:00.000Z"}]}',
  },
  value: { id: '5b7a', title: 'Old', slug: 'old', custom_excerpt: 'x', updated_at: '2024-01-01T00:00:00.000Z' },
  version: '2024-01-01T00:00:00.000Z',
  edit: {
    local: { id: '5b7a', title: 'New', slug: 'old', updated_at: '2024-01-01T00:00:00.000Z' },
    patch: [
      { op: 'replace', path: '/title', value: 'New' },
      { op: 'remove', path: '/custom_excerpt' },
    ],
  },
  update: {
    method: 'PUT',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"pages":[{"title":"New","custom_excerpt":null,"updated_at":"2024-01-01T00:00:00.000Z"}]}',
  },
  create: 'unsupported',
  remove: 'unsupported',
  accepted: {
    status: 200,
    body: '{"pages":[{"id":"5b7a","title":"New","slug":"old","updated_at":"2024-01-01T00:00:05.000Z"}]}',
    version: '2024-01-01T00:00:05.000Z',
    tellsValue: true,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 409,
      body: '{"errors":[{"message":"Saving failed! Someone else is editing this post.","context":null,"type":"UpdateCollisionError","code":"UPDATE_COLLISION"}]}',
      verdict: 'stale',
    },
    {
      what: 'an invalid post',
      status: 422,
      body: '{"errors":[{"message":"No.","type":"ValidationError","code":null}]}',
      verdict: 'other',
    },
  ],
};
