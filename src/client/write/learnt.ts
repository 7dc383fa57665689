import type { AcceptedPatches } from '../../protocol/body/accept-patch.js';
import { acceptsPatch } from '../../protocol/body/accept-patch.js';
import { KnownDigits } from '../../protocol/body/digits.js';
import type { WriteFormName } from '../../protocol/body/write-form.js';
import type { ReadNotes } from '../http/state-reader.js';
import type { Wire } from '../http/transport.js';
import { isPart, WriteForms } from './write-forms.js';

/** What is learnt of how a resource is to be written, for all who write it. */
interface Learnt {
  /** Of its numbers, in whatever form they are written. */
  readonly digits: KnownDigits;
  /** By the form that one begins with. */
  readonly forms: Map<WriteFormName, WriteForms>;
  accepted: AcceptedPatches | undefined;
}

const known = new WeakMap<ReadNotes, Learnt>();

/** What those reads have told until now. */
function learntFrom(notes: ReadNotes): Learnt {
  const before = known.get(notes);
  if (before !== undefined) return before;
  const learnt: Learnt = { digits: new KnownDigits(), forms: new Map(), accepted: undefined };
  known.set(notes, learnt);
  notes.readBy(({ headers, text }) => {
    const accepted = acceptsPatch(headers);
    if (accepted !== undefined) {
      learnt.accepted = accepted;
      for (const forms of learnt.forms.values()) forms.heed(accepted);
    }
    learnt.digits.learn(text);
  });
  return learnt;
}

/** The digits of a resource's numbers that binary64 does not hold. */
export function digitsOf(notes: ReadNotes): KnownDigits {
  return learntFrom(notes).digits;
}

/** The forms of writing that a resource takes. */
export function formsOf({ notes, ownForm, request, url }: Wire): WriteForms {
  const { forms, accepted } = learntFrom(notes);
  const first = ownForm ?? (typeof request.write === 'function' ? 'put' : request.write);
  const before = forms.get(first);
  if (before !== undefined) return before;
  const made = new WriteForms(first, ownForm !== undefined ? 'none' : isPart(url) ? 'patches' : 'any');
  if (accepted !== undefined) made.heed(accepted);
  forms.set(first, made);
  return made;
}
