import { measureSizes, type Size } from '../sizes.js';

declare const data: Size[];

export { data };

/** Measured when the site is built. */
export default { load: measureSizes };
