import type { AcceptedPatches } from '../../protocol/accept-patch.js';
import { KnownDigits } from '../../protocol/digits.js';
import type { WriteFormName } from '../../protocol/write-form.js';

const ORDER: readonly WriteFormName[] = ['json-patch', 'merge-patch', 'put'];

/** In which form a resource takes writes, as far as is known. Remembered per resource. */
export class WriteForms {
  readonly #forms: readonly WriteFormName[];
  /** Digits of its numbers that binary64 does not hold, in whatever form they are written. */
  readonly digits: KnownDigits;
  #index = 0;
  #proven = false;

  /** @param alone No other form will do: the caller wrote the body in this one. */
  constructor(first: WriteFormName, alone: boolean, digits: KnownDigits = new KnownDigits()) {
    this.digits = digits;
    this.#forms = alone ? [first] : ORDER.slice(ORDER.indexOf(first));
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
