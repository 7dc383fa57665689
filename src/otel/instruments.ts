import type { Attributes, Meter } from '@opentelemetry/api';
import type { ClientEvent } from '../index.js';
import { CONFLICT_KIND, CONFLICT_SETTLED_BY, EDIT_OUTCOME, ERROR_TYPE, HTTP_STATUS, VERDICT } from './names.js';
import { type Ending, errorType, outcomeOf, type Story } from './story.js';

/** s */
const EDIT_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** s. Events count in whole ms. */
const REBASE_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
const ATTEMPT_BUCKETS = [0, 1, 2, 3, 5, 10, 20];

/** What is counted and measured. No attribute has more values than there are patterns, kinds, verdicts, statuses and error codes. */
export interface Instruments {
  tell(story: Story, event: ClientEvent): void;
  end(story: Story, event: Ending): void;
}

export function createInstruments(meter: Meter): Instruments {
  const duration = meter.createHistogram('unconflict.edit.duration', {
    description: 'From the lane to the end, waiting included.',
    unit: 's',
    advice: { explicitBucketBoundaries: EDIT_BUCKETS },
  });
  const attempts = meter.createHistogram('unconflict.edit.attempts', {
    description: 'Writes sent for one edit.',
    unit: '{attempt}',
    advice: { explicitBucketBoundaries: ATTEMPT_BUCKETS },
  });
  const setbacks = meter.createCounter('unconflict.setbacks', {
    description: 'Writes that did not simply land, by verdict.',
    unit: '{attempt}',
  });
  const conflicts = meter.createCounter('unconflict.merge_conflicts', {
    description: 'Merge conflicts, each once for its edit, by kind and by who settled it.',
    unit: '{conflict}',
  });
  const rebases = meter.createHistogram('unconflict.rebase.duration', {
    description: 'One rebase, in memory.',
    unit: 's',
    advice: { explicitBucketBoundaries: REBASE_BUCKETS },
  });
  return {
    tell: ({ labels }, event) => {
      switch (event.type) {
        case 'stale':
        case 'locked':
        case 'gone':
        case 'exists':
        case 'refused':
          setbacks.add(1, { ...labels, [VERDICT]: event.type, [HTTP_STATUS]: event.status });
          break;
        case 'in-doubt':
          setbacks.add(1, { ...labels, [VERDICT]: event.type });
          break;
        case 'rebase':
          rebases.record(event.ms / 1000, labels);
      }
    },
    end: ({ labels, conflicts: met }, event) => {
      const error: Attributes = event.type === 'rejected' ? { [ERROR_TYPE]: errorType(event.error) } : {};
      const ending = { ...labels, [EDIT_OUTCOME]: outcomeOf(event), ...error };
      duration.record(event.ms / 1000, ending);
      attempts.record(event.attempts, ending);
      for (const { kind, settledBy } of met.values()) {
        conflicts.add(1, { ...labels, [CONFLICT_KIND]: kind, [CONFLICT_SETTLED_BY]: settledBy });
      }
    },
  };
}
