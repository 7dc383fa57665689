import type { JsonValue } from '../../core/json.js';

/** An edit that shows before it has landed. */
export interface Pending {
  /** What it was made from; undefined for a create, which shows as it is. */
  readonly base: JsonValue | undefined;
  /** What came of it, frozen. */
  readonly local: JsonValue;
  /** Edits show in this order, equal ones as they came: 0 and 1 for a create and an edit that are made again, below what was made since. */
  readonly level: 0 | 1 | 2;
  /** What was answered about it. */
  readonly answers?: readonly unknown[];
  /** Puts it on another value than its base. Where this is missing or gives undefined, `local` shows. */
  onto?(value: JsonValue): JsonValue | undefined;
}

/** An edit, and what came of it on the value below. */
export interface Layer {
  readonly entry: Pending;
  readonly made: Pick<Pending, 'base' | 'local' | 'answers'>;
  readonly lower: Layer | undefined;
  readonly below: JsonValue | undefined;
  readonly above: JsonValue;
}

/** The edits of one resource that show on top of its snapshot. An edit more costs one layer more, however many there are. */
export class PendingEdits {
  #entries: Pending[] = [];
  #layers: Layer[] = [];

  get list(): readonly Pending[] {
    return this.#entries;
  }

  add(entry: Pending, instead?: Pending): void {
    const at = instead === undefined ? -1 : this.#entries.indexOf(instead);
    if (at >= 0) {
      this.#entries = this.#entries.with(at, entry);
      return;
    }
    const above = this.#entries.findIndex(({ level }) => level > entry.level);
    this.#entries = above < 0 ? [...this.#entries, entry] : this.#entries.toSpliced(above, 0, entry);
  }

  /** False: none of them was there. */
  remove(entries: readonly Pending[]): boolean {
    const { length } = this.#entries;
    const gone = new Set(entries);
    this.#entries = this.#entries.filter((entry) => !gone.has(entry));
    return this.#entries.length < length;
  }

  /** The uppermost edit of what was shown last, if this is what was shown. */
  layerOf(shown: JsonValue | undefined): Layer | undefined {
    const top = this.#layers.at(-1);
    return top !== undefined && top.above === shown ? top : undefined;
  }

  /** The value with every edit on top: what is already known of the lower layers is kept. */
  on(value: JsonValue | undefined): JsonValue | undefined {
    const layers: Layer[] = [];
    let seen = value;
    let lower: Layer | undefined;
    for (const entry of this.#entries) {
      const known = this.#layers[layers.length];
      const isKnown = known !== undefined && known.lower === lower && isStill(known, entry, seen);
      lower = isKnown ? known : layerOf(entry, lower, seen);
      layers.push(lower);
      seen = lower.above;
    }
    this.#layers = layers;
    return seen;
  }
}

/** An entry may have become another edit: somebody answered for it. */
function isStill({ entry, made, below }: Layer, now: Pending, value: JsonValue | undefined): boolean {
  const isSame = made.local === now.local && made.base === now.base && made.answers === now.answers;
  return entry === now && below === value && isSame;
}

function layerOf(entry: Pending, lower: Layer | undefined, below: JsonValue | undefined): Layer {
  const { base, local, answers } = entry;
  const fits = below === undefined || base === undefined || base === below;
  const above = fits ? local : (entry.onto?.(below) ?? local);
  return { entry, made: { base, local, ...(answers && { answers }) }, lower, below, above };
}
