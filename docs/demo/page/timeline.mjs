import { find, make } from './dom.mjs';
import { ending, narrate } from './narrate.mjs';
import { patchView } from './patch-view.mjs';

/** The list of what happened, newest edit first; within one edit, step after step. */
export function createTimeline(list, emptyNote, onEntry) {
  return {
    clear() {
      list.replaceChildren();
      emptyNote.hidden = false;
    },
    /** A new edit by `name`. */
    open(name) {
      emptyNote.hidden = true;
      const started = performance.now();
      const steps = make('ol', { className: 'steps' });
      const outcome = make('p', { className: 'outcome' }, 'Saving …');
      const patches = make('div', { className: 'patches' });
      const entry = make('li', { className: 'entry' }, make('h3', {}, `${name} saves`), steps, outcome, patches);
      list.prepend(entry);
      list.closest('.log').scrollTop = 0;
      onEntry();

      return {
        tell(told) {
          const line = narrate(told);
          if (line === undefined) return;
          // Offline, the same line comes again and again: it is counted, not repeated.
          const last = steps.lastElementChild;
          if (last?.dataset.line === line.text) {
            last.dataset.times = Number(last.dataset.times) + 1;
            find('.times', last).textContent = ` ${last.dataset.times} times so far.`;
            return;
          }
          const time = make('span', { className: 'time' }, `+${Math.round(performance.now() - started)} ms`);
          const text = make('span', {}, line.text, make('span', { className: 'times' }));
          const step = make(
            'li',
            { className: `step is-${line.tone}` },
            make('span', { className: 'mark' }, line.mark),
            text,
            time,
          );
          Object.assign(step.dataset, { line: line.text, times: 1 });
          steps.append(step);
        },
        /** How it ended, and three patches: the change as it was typed, what others did meanwhile, and what was sent in the end. */
        landed(result, { base, remote, made, meanwhile }) {
          finish('good', ending(result));
          patches.append(patchView('local', 'as typed', base, made));
          if (result.alreadyApplied || (!result.rebased && meanwhile.length === 0)) return;
          patches.append(patchView('remote', 'meanwhile on the server', base, meanwhile));
          patches.append(patchView('merged', 'as it was saved', remote, result.patch));
        },
        /** Without unconflict: what others had saved in these members is gone. */
        overwritten(lost, { base, made, meanwhile }) {
          const sentence =
            lost.length === 0
              ? 'Saved. Nobody else had saved anything meanwhile.'
              : `Saved over what somebody else had saved: ${lost.join(', ')}. It is gone, and nobody noticed.`;
          finish(lost.length === 0 ? 'good' : 'bad', sentence);
          patches.append(patchView('local', 'as typed', base, made));
          if (lost.length > 0) patches.append(patchView('remote', 'was on the server', base, meanwhile));
        },
        /** Without patches. */
        ended: finish,
        failed(sentence, { base, made, meanwhile }) {
          finish('bad', sentence);
          patches.append(patchView('local', 'as typed, and kept', base, made));
          if (meanwhile.length > 0) patches.append(patchView('remote', 'meanwhile on the server', base, meanwhile));
        },
      };

      function finish(tone, sentence) {
        outcome.textContent = sentence;
        outcome.className = `outcome is-${tone}`;
      }
    },
  };
}

/** The timeline of this page. */
export function pageTimeline({ onEntry }) {
  const entries = find('#entries');
  entries.closest('.log').tabIndex = 0; // It scrolls, so the keyboard has to get there.
  return createTimeline(entries, find('#timeline-empty'), onEntry);
}
