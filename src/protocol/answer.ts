/** What an answer of the server means for the write it answers. */
export type Verdict =
  | 'stale'
  | 'locked'
  | 'gone'
  | 'exists'
  | 'refused'
  | 'precondition-required'
  | 'retry-unchanged'
  | 'other';

/** An answer as `classify` sees it: body parsed as JSON where it is JSON, else its text; `undefined` when empty. */
export interface ServerAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly sent: {
    readonly method: string;
    readonly url: string;
    /** The version the write was conditional on. */
    readonly version: string | undefined;
    /** True for a create (If-None-Match: * or POST). */
    readonly create: boolean;
  };
}

/** RFC 9457, plus the same facts dug out of the common non-standard error bodies. */
export interface ProblemDetails {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  instance?: string;
  code?: string;
  [extension: string]: unknown;
}
