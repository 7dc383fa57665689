/** What a conflict that nobody else is asked about waits with. Fetched with the first one. */
export { openDesk } from '../session/open-desk.js';
export { revive, reviveOn } from '../session/revive.js';
