export * from './rules/server-owned.js';
