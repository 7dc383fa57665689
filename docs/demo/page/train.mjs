import { complaint, ending } from './narrate.mjs';
import { createTraveller } from './traveller.mjs';
import { travellerView } from './traveller-view.mjs';

/** What ends an edit of an outbox. Of everything else it is told as of one more try. */
const ENDS = ['ERR_CONFLICT', 'ERR_DISCARDED', 'ERR_REFUSED'];

/** Mary, her card on the page, and the edits of hers that the timeline is telling of. */
export function openTrain({ timeline, dialog, desk }) {
  const saves = new Map();
  const tell = (told) => {
    const { type, editId } = told;
    if (editId === '') return; // about a read
    const entry = saves.get(editId) ?? timeline.open('Mary');
    saves.set(editId, entry);
    if (type === 'accepted') desk.press();
    if (type === 'accepted') entry.ended('good', ending({ ...told, version: traveller.article.snapshot?.version }));
    else if (type !== 'rejected') entry.tell(told);
    else if (ENDS.includes(told.error.code)) entry.ended('bad', complaint(told.error));
    else entry.tell({ type: 'kept', error: told.error });
  };
  const traveller = createTraveller('Mary', tell);
  const { section } = travellerView(traveller, { onDecide: (session) => dialog.open('Mary', session, true) });
  return { ...traveller, section };
}
