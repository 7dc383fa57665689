/** Headers that carry secrets whole, and names that tell of one (`X-Auth-Token`, `X-Vault-Token`, `X-Amz-Security-Token`, `X-CSRF-Token` …). */
const SECRET =
  /auth|cookie|token|secret|password|passwd|credential|api-?key|session|signature|csrf|xsrf|private|jwt|bearer|access-key|subscription-key|master-key/;

/** The headers as a plain record for logs, with secret values replaced by `[redacted]`. Errs on the side of hiding. */
export function safeHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name, SECRET.test(name.toLowerCase()) ? '[redacted]' : value]),
  );
}
