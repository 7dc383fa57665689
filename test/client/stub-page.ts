import { vi } from 'vitest';

/** What a page's window and document tell. Undone by `vi.unstubAllGlobals()`. */
export interface Page {
  hide(): void;
  show(): void;
  leave(): void;
  online(): void;
  focus(): void;
}

/** Makes this process look like a page. */
export function stubPage(): Page {
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
  vi.stubGlobal('document', document);
  vi.stubGlobal('navigator', {});
  const look = (visibilityState: string): void => {
    document.visibilityState = visibilityState;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const tell = (name: string): void => void window.dispatchEvent(new Event(name));
  return {
    hide: () => look('hidden'),
    show: () => look('visible'),
    leave: () => tell('pagehide'),
    online: () => tell('online'),
    focus: () => tell('focus'),
  };
}
