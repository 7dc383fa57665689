import { expect, it, test } from 'vitest';
import { safeHeaders } from '../../src/protocol/redact.js';

test.each([
  'Authorization',
  'Proxy-Authorization',
  'Cookie',
  'Set-Cookie',
  'X-Api-Key',
  'api-key',
  'apikey',
  'X-Auth-Token',
  'X-Vault-Token',
  'PRIVATE-TOKEN',
  'X-Amz-Security-Token',
  'X-CSRF-Token',
  'X-XSRF-TOKEN',
  'X-Goog-Iam-Authorization-Token',
  'Ocp-Apim-Subscription-Key',
  'x-ms-session-token',
  'X-Shopify-Access-Token',
  'X-Hub-Signature-256',
  'X-Client-Secret',
])('%s is not shown', (name) => {
  const shown = safeHeaders(new Headers({ [name]: 'hunter2' }));
  expect(JSON.stringify(shown)).not.toContain('hunter2');
  expect(Object.values(shown)).toEqual(['[redacted]']);
});

test.each(['ETag', 'If-Match', 'Content-Type', 'Retry-After', 'Idempotency-Key', 'x-ms-error-code', 'Location'])(
  '%s is shown',
  (name) => {
    expect(safeHeaders(new Headers({ [name]: 'value' }))).toEqual({ [name.toLowerCase()]: 'value' });
  },
);

it('is a plain record even for a header called __proto__', () => {
  const shown = safeHeaders(new Headers([['__proto__', 'x']]));
  expect(Object.keys(shown)).toEqual(['__proto__']);
});
