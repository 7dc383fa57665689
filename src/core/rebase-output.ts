export * from './rebase/output.js';
