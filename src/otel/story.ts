import type { ClientEvent } from '../index.js';
import { EDIT_KIND, SERVER_ADDRESS, URL_TEMPLATE } from './names.js';

export type Queued = ClientEvent & { readonly type: 'queued' };
export type Ending = ClientEvent & { readonly type: 'accepted' | 'rejected' };

export type SettledBy = 'rule' | 'resolver' | 'nobody';

/** A merge conflict an edit met, and what became of it. */
export interface MetConflict {
  readonly kind: string;
  readonly settledBy: SettledBy;
}

/** What is known of one edit while it is on its way. */
export interface Story {
  /** Attributes with few values, for spans and metrics alike. */
  readonly labels: Readonly<Record<string, string>>;
  readonly url: URL;
  /** Merge conflicts by `basePath`: the same one shows in the rebase after each refusal. */
  readonly conflicts: Map<string, MetConflict>;
}

/** @param patternOf A name for URLs, where the client's own pattern is not it. */
export function beginStory(event: Queued, patternOf: (url: string) => string | undefined): Story {
  const url = new URL(event.url);
  const pattern = patternOf(event.url) ?? event.pattern;
  const template = pattern === undefined ? {} : { [URL_TEMPLATE]: pattern };
  const labels = { [EDIT_KIND]: event.kind, [SERVER_ADDRESS]: url.hostname, ...template };
  return { labels, url, conflicts: new Map() };
}

/** Follows the merge conflicts of an edit through its rebases. */
export function follow({ conflicts }: Story, event: ClientEvent): void {
  if (event.type === 'rebase') {
    // What is open no more was settled by the next remote itself.
    for (const [path, { settledBy }] of conflicts) if (settledBy === 'nobody') conflicts.delete(path);
    for (const { basePath, kind } of event.conflicts) conflicts.set(basePath, { kind, settledBy: 'nobody' });
    for (const { basePath, kind, by } of event.resolved) conflicts.set(basePath, { kind, settledBy: by });
  }
  if (event.type === 'resolve' && event.answer !== 'abort') {
    for (const [path, { kind, settledBy }] of conflicts) {
      if (settledBy === 'nobody') conflicts.set(path, { kind, settledBy: 'resolver' });
    }
  }
}

export function outcomeOf(event: Ending): string {
  if (event.type === 'rejected') return 'rejected';
  if (event.alreadyApplied) return 'already-applied';
  return event.rebased ? 'rebased' : 'saved';
}

/** What an error is called: our code, or that of the platform, else its class. */
export function errorType(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
