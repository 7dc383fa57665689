/** What a conflict that nobody else is asked about waits with. */
export { openDesk } from '../session/open-desk.js';
export { revive, reviveOn } from '../session/revive.js';
