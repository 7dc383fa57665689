import { ask } from 'unconflict';
import { diff } from 'unconflict/core';
import { LABELS, MEMBERS, MERGE, same } from './article.mjs';
import { chooseAgain, keepDraft, keptDraft } from './kept-draft.mjs';
import { complaint } from './narrate.mjs';
import { createWriter } from './writer.mjs';
import { writerView } from './writer-view.mjs';

/** What the dialog calls the members of the article. */
const PLACES = Object.fromEntries(Object.entries(LABELS).map(([member, label]) => [`/${member}`, label]));

/** One person: a writer, their editor on the page, and the save that the timeline is telling of. */
export function createPerson(name, { timeline, dialog, desk, isPlain }) {
  const kept = keptDraft(name);
  let entry; // of the save that is on its way
  let sent; // what it was made from, and what it is
  let remote; // the latest that this person's client has seen on the server
  let session; // the conflict that is open
  let before = kept?.choices; // what was chosen before a reload

  const tell = (told) => {
    if (told.type === 'request') {
      if (told.method === 'GET' && told.status === 200) remote = told.body;
      desk.press();
    }
    if (told.type === 'queued') begin();
    entry?.tell(told);
    if (told.type === 'resolve') sent.isAnswered = true;
    // The draft hears of it in the same moment: what it shows then is what came of the save.
    if (told.type === 'accepted') setTimeout(() => landed(told));
    if (told.type === 'rejected') failed(told.error);
  };
  // The one line that makes a conflict a question: the library opens a session, the dialog shows it.
  const resolve = ask({
    labels: PLACES,
    onSession(opened) {
      session = opened;
      if (before !== undefined) chooseAgain(session, before);
      before = undefined;
      session.subscribe(() => {
        if (session === opened && !['open', 'submitting'].includes(opened.getSnapshot().status)) session = undefined;
        keepDraft(name, writer.draft, session);
      });
      keepDraft(name, writer.draft, session);
      dialog.open(name, session);
    },
  });
  const writer = createWriter(name, { resolve, tell, kept: kept?.from });
  writer.subscribe(() => keepDraft(name, writer.draft, session));

  function begin() {
    const { base, value, patch } = writer.draft;
    entry = timeline.open(name);
    sent = { base: base.value, value, patch, isAnswered: false };
    remote = base.value;
  }

  const patches = () => ({
    base: sent.base,
    remote,
    made: sent.patch,
    meanwhile: diff(sent.base, remote, { merge: MERGE }),
  });

  function landed({ attempts, rebased, alreadyApplied }) {
    const { value, version } = writer.draft.base;
    const result = { attempts, rebased, alreadyApplied, version, isAnswered: sent.isAnswered };
    view.saved(sent.base, sent.value, attempts);
    entry?.landed({ ...result, patch: diff(remote, value, { merge: MERGE }) }, patches());
    entry = undefined;
  }

  function failed(error) {
    const sentence = complaint(error);
    view.trouble(sentence);
    entry?.failed(sentence, patches());
    entry = undefined;
  }

  /** Without unconflict: what others have saved since is gone, and only the timeline says so. */
  async function overwrite() {
    begin();
    const { value: there } = await desk.press();
    remote = there;
    const isLost = (member) => !same(there[member], sent.base[member]) && !same(there[member], sent.value[member]);
    const lost = MEMBERS.filter(isLost).map((member) => LABELS[member].toLowerCase());
    try {
      await writer.overwrite();
      view.saved(sent.base, sent.value, 1);
      entry.overwritten(lost, patches());
      entry = undefined;
    } catch (error) {
      failed(error);
    }
  }

  /** Never rejects: the page shows what went wrong. */
  const save = () => (isPlain() ? overwrite() : writer.save().then(nothing, (error) => view.trouble(complaint(error))));

  async function read() {
    try {
      await writer.read();
      view.fresh();
    } catch {
      view.trouble('The server does not answer.');
    }
  }

  const view = writerView(writer, { onSave: save, onDiscard: read });
  return {
    view,
    read,
    /** Resolves when there is something to type into. */
    begin: () => (kept === undefined ? read() : writer.draft.ready.catch(nothing)),
    /** What a scene makes of a person: their draft, saved as the page saves it. */
    actor: { change: writer.change, save },
    /** After a reload: goes on with the conflict that was open, if one was. */
    resume: () => {
      if (before !== undefined) save();
    },
    isEmpty: () => writer.value === undefined,
  };
}

const nothing = () => {};
