import { ask } from 'unconflict';
import { diff } from 'unconflict/core';
import { LABELS, MERGE } from './article.mjs';
import { conflictDialog } from './conflict-dialog.mjs';
import { deskView } from './desk-view.mjs';
import { find, make } from './dom.mjs';
import { keepConflict, keptConflict } from './kept-conflict.mjs';
import { complaint } from './narrate.mjs';
import { SCENES } from './scenes.mjs';
import { pageTimeline } from './timeline.mjs';
import { createWriter } from './writer.mjs';
import { writerView } from './writer-view.mjs';

/** What the dialog calls the members of the article. */
const PLACES = Object.fromEntries(Object.entries(LABELS).map(([member, label]) => [`/${member}`, label]));

const timeline = pageTimeline();
const desk = deskView({
  onReset: () => startAfresh(),
  onState: ({ version }) => {
    for (const { view } of people) view.serverIs(version);
  },
});
const dialog = conflictDialog(find('#conflict'), { onRename: () => desk.press('rename') });
const people = ['Ada', 'Grace'].map((name) => person(name));
const [ada, grace] = people.map(({ writer }) => writer);

/** One person: a writer, their editor on the page, and the edit that the timeline is telling of. */
function person(name) {
  let entry;
  let remote; // the latest that this person's client has seen on the server
  const tell = (told) => {
    if (told.type === 'request' && told.method === 'GET' && told.status === 200) remote = told.body;
    entry?.tell(told);
    if (told.type === 'request') desk.press();
  };
  // The one line that makes a conflict a question: the library opens a session, the dialog shows it.
  const resolve = ask({
    labels: PLACES,
    onSession: (session) => {
      keepConflict(name, session);
      dialog.open(name, session);
    },
  });
  const writer = createWriter(name, { resolve, tell });

  /** Follows an edit from its beginning to its end, in the timeline and in the editor. */
  async function follow(begin) {
    entry = timeline.open(name);
    const edit = begin();
    const { base, draft: made, patch } = writer;
    remote = base.value;
    const patches = () => {
      const meanwhile = diff(base.value, remote, { merge: MERGE });
      return { base: base.value, remote, made: patch, meanwhile };
    };
    try {
      const result = await edit;
      view.saved(base.value, made, result);
      entry.landed(result, patches());
    } catch (error) {
      const sentence = complaint(error);
      view.trouble(sentence);
      entry.failed(sentence, patches());
    } finally {
      entry = undefined;
    }
  }

  const save = () => follow(() => writer.save());
  /** After a reload: goes on with the conflict that was open, if one was. */
  const resume = () => {
    const saved = keptConflict(name);
    if (saved !== undefined) follow(() => writer.resume(saved));
  };

  async function read() {
    try {
      await writer.read();
      view.fresh();
    } catch {
      view.trouble('The server does not answer.');
    }
  }

  const view = writerView(writer, { onSave: save, onDiscard: read });
  find('#writers').append(view.section);
  return { writer, view, save, resume, read };
}

const readAll = () => Promise.all(people.map(({ read }) => read()));

async function startAfresh() {
  await desk.press('reset');
  timeline.clear();
  await readAll();
}

const quick = matchMedia('(prefers-reduced-motion: reduce)').matches;
const sceneNote = find('#scene-note');
const sceneButtons = SCENES.map(({ name, note, play }) => {
  const button = make('button', { type: 'button', className: 'scene', disabled: true }, name);
  button.addEventListener('click', async () => {
    enableScenes(false);
    sceneNote.textContent = note;
    await startAfresh();
    await play({
      ada,
      grace,
      save: (writer) => people.find((one) => one.writer === writer).save(),
      press: desk.press,
      pause: () => new Promise((resolve) => setTimeout(resolve, quick ? 0 : 900)),
    });
    enableScenes(true);
    button.focus({ preventScroll: true });
  });
  return button;
});
find('#scenes').append(...sceneButtons);

function enableScenes(enabled) {
  for (const button of sceneButtons) button.disabled = !enabled;
}

await desk.press();
await readAll();
enableScenes(true);
for (const { resume } of people) resume();
