import type { Client, Resource } from '../index.js';

/** ms a handle outlives its last component, or the render that asked for it and was never shown. */
const KEEP = 60_000;

interface Held {
  readonly resource: Resource<unknown>;
  users: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const held = new WeakMap<Client, Map<string, Held>>();

/** The handle of a URL, the same for every render: a component that suspends keeps nothing of its own. */
export function handleOf(client: Client, url: string): Resource<unknown> {
  const handles = held.get(client) ?? new Map<string, Held>();
  held.set(client, handles);
  const known = handles.get(url);
  if (known !== undefined) return known.resource;
  const made: Held = { resource: client.resource<unknown>(url), users: 0, timer: undefined };
  handles.set(url, made);
  expire(handles, url, made);
  return made.resource;
}

/** Keeps the handle for as long as a component shows it. What it returns lets go. */
export function hold(client: Client, url: string): () => void {
  const handles = held.get(client);
  const entry = handles?.get(url);
  if (handles === undefined || entry === undefined) return () => {};
  clearTimeout(entry.timer);
  entry.users += 1;
  return () => {
    entry.users -= 1;
    if (entry.users === 0) expire(handles, url, entry);
  };
}

function expire(handles: Map<string, Held>, url: string, entry: Held): void {
  // On a server a client lives as long as its request, and takes its handles with it.
  if (typeof window === 'undefined') return;
  entry.timer = setTimeout(() => handles.delete(url), KEEP);
}
