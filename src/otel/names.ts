/** Attributes that semantic conventions name: https://opentelemetry.io/docs/specs/semconv */
export const SERVER_ADDRESS = 'server.address';
export const SERVER_PORT = 'server.port';
export const URL_TEMPLATE = 'url.template';
export const URL_FULL = 'url.full';
export const ERROR_TYPE = 'error.type';
export const HTTP_METHOD = 'http.request.method';
export const HTTP_STATUS = 'http.response.status_code';

/** Those that are ours. */
export const EDIT_ID = 'unconflict.edit.id';
export const EDIT_KIND = 'unconflict.edit.kind';
export const EDIT_OPERATIONS = 'unconflict.edit.operations';
export const EDIT_OUTCOME = 'unconflict.edit.outcome';
export const EDIT_ATTEMPTS = 'unconflict.edit.attempts';
export const ATTEMPT = 'unconflict.attempt';
export const VERSION = 'unconflict.version';
export const VERDICT = 'unconflict.verdict';
export const CONFLICT_KIND = 'unconflict.conflict.kind';
export const CONFLICT_SETTLED_BY = 'unconflict.conflict.settled_by';

/** Who writes spans and metrics. */
export const SCOPE = 'unconflict';
