export * from './rules/merge-rules.js';
