/** Tells of an error in somebody else's listener, as the platform does. Node has no `reportError`. */
export function report(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else console.error(error);
}
