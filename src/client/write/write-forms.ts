import { KnownDigits } from '../../protocol/body/digits.js';
import type { AcceptedPatches, WriteFormName } from '../../protocol/body/write-form.js';
import { acceptsPatch } from '../../protocol/body/write-form.js';
import { isSecretParameter } from '../../protocol/shown.js';
import type { ReadNotes } from '../http/state-reader.js';
import type { Wire } from '../http/transport.js';

const ORDER: readonly WriteFormName[] = ['json-patch', 'merge-patch', 'put'];

/** In which form a resource takes writes, as far as is known. Remembered per resource. */
export class WriteForms {
  readonly #forms: readonly WriteFormName[];
  #index = 0;
  #proven = false;

  /** @param others Forms that will do, too. `none`: the caller wrote the body in this one. `patches`: what is known may be a part, and a PUT of it would take the rest away. */
  constructor(first: WriteFormName, others: 'any' | 'patches' | 'none') {
    this.#forms = ORDER.slice(ORDER.indexOf(first)).filter(
      (form) => form === first || (others !== 'none' && (others === 'any' || form !== 'put')),
    );
  }

  get current(): WriteFormName {
    return this.#forms[this.#index] ?? 'put';
  }

  /** A write in this form was accepted. */
  prove(): void {
    this.#proven = true;
  }

  /** What Accept-Patch says (RFC 5789 3.1): forms it does not name are not tried. */
  heed(accepted: AcceptedPatches): void {
    const refuses = (form: WriteFormName): boolean =>
      (form === 'json-patch' && !accepted.jsonPatch) || (form === 'merge-patch' && !accepted.mergePatch);
    while (refuses(this.current) && this.#index < this.#forms.length - 1) this.#index += 1;
  }

  /** Takes the next form. False when there is none: then the first is the one again, for the next edit. */
  next(surely: boolean): boolean {
    if (this.#proven && !surely) return false;
    if (this.#index >= this.#forms.length - 1) {
      this.#index = 0;
      return false;
    }
    this.#proven = false;
    this.#index += 1;
    return true;
  }
}

/** Parameters that choose no part: they say who asks, or which version of the API. */
const WHOLE = /^(?:v|version|api[-_]?version)$/i;

/** Whether what a URL gives may be a part of the resource (`?fields=title`), so that only a patch of it can be sent unasked. */
function isPart({ searchParams }: URL): boolean {
  return [...searchParams.keys()].some((name) => !WHOLE.test(name) && !isSecretParameter(name));
}

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
