import type { Operation } from 'fast-json-patch';

/** Any value that JSON can carry. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** A plain JSON object. */
export type JsonObject = { [key: string]: JsonValue };

/** RFC 6901 JSON Pointer. */
export type Pointer = string;

/**
 * A JSON Pointer in which `*` stands for one token and `**` for any number, none included.
 * Array positions are matched by `*`; a number names a place in the remote document.
 */
export type PointerPattern = string;

/** RFC 6902 operations. */
export type Patch = Operation[];
