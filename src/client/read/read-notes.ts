import { mayLoseDigits } from '../../protocol/body/body.js';

/** What one read told besides a value and its version. */
export interface ReadNote {
  readonly headers: Headers;
  readonly text: string;
}

/** What reads tell that only a write needs: it is kept until the code that understands it is there, and from then on told at once. */
export class ReadNotes {
  #unread: ReadNote[] = [];
  #reader: ((note: ReadNote) => void) | undefined;

  add(note: ReadNote): void {
    if (this.#reader !== undefined) this.#reader(note);
    else if (this.#unread.length > 0 || note.headers.has('accept-patch') || mayLoseDigits(note.text))
      this.#unread.push(note);
  }

  readBy(reader: (note: ReadNote) => void): void {
    this.#reader = reader;
    for (const note of this.#unread.splice(0)) reader(note);
  }
}
