export type { RebaseInput } from './rebase/rebase.js';
export { rebase, rebaseEdit } from './rebase/rebase.js';
