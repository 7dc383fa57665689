import type { Report } from './schedule.js';

/** How often each token stands in the document. */
function counts(report: Report): Map<string, number> {
  const found = new Map<string, number>();
  const text = JSON.stringify(report.final);
  for (const [, token] of text.matchAll(/"([cf]\d+(?:e\d+)?)"/g)) {
    if (token !== undefined) found.set(token, (found.get(token) ?? 0) + 1);
  }
  return found;
}

/** What a schedule broke of what is promised; empty if nothing. */
export function violations(report: Report): string[] {
  const found = counts(report);
  const broken: string[] = [];
  for (const { token, kind, error } of report.outcomes) {
    const times = found.get(token) ?? 0;
    if (kind === 'accepted' && times !== 1) broken.push(`accepted edit ${token} is there ${times} times`);
    if (kind === 'failed' && times !== 0) broken.push(`failed edit ${token} is there (${String(error)})`);
    if (times > 1) broken.push(`${kind} edit ${token} is there ${times} times`);
  }
  for (const token of report.foreign) {
    if (found.get(token) !== 1) broken.push(`foreign ${token} is there ${found.get(token) ?? 0} times`);
  }
  if (report.outcomes.length !== report.edits)
    broken.push(`${report.edits - report.outcomes.length} edits never ended`);
  if (report.timersLeft > 0) broken.push(`${report.timersLeft} timers are left`);
  if (report.requests > report.edits * 60 + 60) broken.push(`${report.requests} requests for ${report.edits} edits`);
  return broken;
}
