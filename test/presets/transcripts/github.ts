import { github } from '../../../src/presets/platforms/github.js';
import type { Transcript } from '../transcript.js';

const url = 'https://api.github.com/repos/o/r/contents/config/app.json';
const headers = { accept: 'application/vnd.github+json', 'content-type': 'application/json' };
const content = 'ewogICJuYW1lIjogIk9s\nZCDimIMiCn0K\n'; // {"name": "Old ☃"} in two-space JSON
const written = btoa(String.fromCharCode(...new TextEncoder().encode('{\n  "name": "New ☃"\n}\n')));

export const transcript: Transcript = {
  name: 'github',
  source: 'GitHub documentation, "REST API endpoints for repository contents"',
  options: github({ branch: 'main' }),
  url,
  read: {
    headers: { ETag: 'W/"9f"' },
    body: JSON.stringify({ type: 'file', encoding: 'base64', size: 20, content, sha: '3d21ec5' }),
  },
  value: { name: 'Old ☃' },
  version: '3d21ec5',
  edit: { local: { name: 'New ☃' }, patch: [{ op: 'replace', path: '/name', value: 'New ☃' }] },
  update: {
    method: 'PUT',
    url,
    headers,
    body: `{"message":"Update config/app.json","branch":"main","content":"${written}","sha":"3d21ec5"}`,
  },
  create: {
    method: 'PUT',
    url,
    headers,
    body: `{"message":"Create config/app.json","branch":"main","content":"${written}"}`,
  },
  remove: {
    method: 'DELETE',
    url,
    headers,
    body: '{"message":"Delete config/app.json","branch":"main","sha":"3d21ec5"}',
  },
  accepted: {
    status: 200,
    body: '{"content":{"name":"app.json","sha":"95b966a"},"commit":{"sha":"7638417"}}',
    version: '95b966a',
    tellsValue: false,
  },
  refusals: [
    {
      what: 'a stale write',
      status: 409,
      body: '{"message":"config/app.json does not match 3d21ec5","status":"409"}',
      verdict: 'stale',
    },
    {
      what: 'a branch that moved meanwhile',
      status: 409,
      body: '{"message":"is at 51e8 but expected 8ae1"}',
      verdict: 'retry-unchanged',
    },
    {
      what: 'a second create',
      status: 422,
      body: '{"message":"Invalid request.\\n\\n\\"sha\\" wasn\'t supplied."}',
      sent: 'create',
      verdict: 'exists',
    },
    {
      what: 'a write without sha',
      status: 422,
      body: '{"message":"Invalid request.\\n\\n\\"sha\\" wasn\'t supplied."}',
      sent: 'unguarded',
      verdict: 'precondition-required',
    },
    {
      what: 'a path that is none',
      status: 422,
      body: '{"message":"path cannot start with a slash"}',
      verdict: 'other',
    },
  ],
};
