import { Window } from 'happy-dom';

/** What components and their tests look for on the global object. The rest (fetch, URL, timers) stays the platform's own. */
const NAMES = [
  'document',
  'navigator',
  'Node',
  'Element',
  'HTMLElement',
  'HTMLIFrameElement',
  'SVGElement',
  'ShadowRoot',
  'DocumentFragment',
  'Event',
  'CustomEvent',
  'MouseEvent',
  'KeyboardEvent',
  'InputEvent',
  'MutationObserver',
  'getComputedStyle',
] as const;

/** Gives this test file a page to render into. */
export function openBrowserPage(): void {
  const window = new Window({ url: 'https://app.example.com/' });
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  };
  define('window', window);
  for (const name of NAMES) define(name, window[name]);
  // React's own switch for tests: what `act` surrounds is awaited.
  define('IS_REACT_ACT_ENVIRONMENT', true);
}
