export { conflictFetch, createClient, preload } from './client/lazy.js';
export * from './exports.js';
