import type { Edit } from './edit.js';

/** Ends an edit with its caller's own reason as soon as that aborts. A write that holds it may land all the same. */
export function leaveOnAbort(edit: Edit, signal: AbortSignal): void {
  const leave = (): void => {
    if (edit.inFlight) edit.input.emit({ type: 'in-doubt', attempt: edit.attempts, cause: signal.reason });
    edit.reject(signal.reason);
  };
  if (signal.aborted) {
    leave();
    return;
  }
  signal.addEventListener('abort', leave, { once: true });
  const forget = (): void => signal.removeEventListener('abort', leave);
  edit.promise.then(forget, forget);
}
