export type { DiffOptions } from './diff/diff.js';
export { diff } from './diff/diff.js';
