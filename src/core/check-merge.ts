export * from './rules/check-merge.js';
