import type { Queue } from '../../engine/queue.js';
import type { ResourceState } from '../../engine/resource-state.js';
import { KnownDigits } from '../../protocol/digits.js';
import type { WriteFormName } from '../../protocol/write-form.js';
import type { RequestPolicy } from '../options/resource-policy.js';
import { isPart, WriteForms } from '../write/write-forms.js';

/** One resource of one client: what all who use it share. */
export class KnownResource {
  readonly resource: ResourceState;
  /** Made with the first edit. */
  queue: Queue | undefined;
  /** The last edit that waits for the write chunk: whoever comes after it waits, too. */
  entering: Promise<unknown> | undefined;
  readonly #digits = new KnownDigits();
  readonly #forms = new Map<WriteFormName, WriteForms>();

  constructor(resource: ResourceState) {
    this.resource = resource;
  }

  /** The forms of writing it takes, learnt once for all who begin with the same. */
  formsFor({ write }: RequestPolicy, url: URL): WriteForms {
    const first = typeof write === 'function' ? 'put' : write;
    const known = this.#forms.get(first);
    if (known !== undefined) return known;
    const forms = new WriteForms(first, isPart(url) ? 'patches' : 'any', this.#digits);
    this.#forms.set(first, forms);
    return forms;
  }
}
