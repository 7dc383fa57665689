import { conflictDialog } from './conflict-dialog.mjs';
import { deskView } from './desk-view.mjs';
import { find, make } from './dom.mjs';
import { createPerson } from './person.mjs';
import { codeOf, SCENES } from './scenes.mjs';
import { pageTimeline } from './timeline.mjs';
import { openTrain } from './train.mjs';

const quick = matchMedia('(prefers-reduced-motion: reduce)').matches;
const narrow = matchMedia('(max-width: 680px)');
/** While a scene is played on a phone, the page goes along with it. */
let isPlaying = false;
const follow = (element) => {
  if (isPlaying && narrow.matches) element.scrollIntoView({ behavior: quick ? 'auto' : 'smooth', block: 'start' });
};

const plain = find('#plain');
const timeline = pageTimeline({ onEntry: () => follow(find('#timeline')) });
const desk = deskView({
  onReset: () => startAfresh(),
  onState: ({ version }) => {
    for (const { view } of people) view.serverIs(version);
  },
});
const dialog = conflictDialog(find('#conflict'), { onRename: () => desk.press('rename') });
const people = [];
for (const name of ['Ada', 'Grace']) {
  const person = createPerson(name, { timeline, dialog, desk, isPlain: () => plain.checked });
  people.push(person);
  find('#writers').append(person.view.section);
}
const train = openTrain({ timeline, dialog, desk });
const mary = {
  ...train,
  edit(recipe) {
    follow(train.section);
    train.edit(recipe);
  },
};
const [ada, grace] = people.map(({ actor, view }) => ({
  ...actor,
  change(recipe) {
    follow(view.section);
    actor.change(recipe);
  },
}));

async function startAfresh() {
  await desk.press('reset');
  timeline.clear();
  await Promise.all([...people.map(({ read }) => read()), train.reset()]);
}

const sceneNote = find('#scene-note');
const sceneCode = find('#scene-code code');
sceneCode.textContent = codeOf(SCENES[0]);
sceneCode.parentElement.tabIndex = 0; // It scrolls, so the keyboard has to get there.
const sceneButtons = SCENES.map((scene) => {
  const button = make('button', { type: 'button', className: 'scene', disabled: true }, scene.name);
  button.addEventListener('click', async () => {
    enableScenes(false);
    sceneNote.textContent = scene.note;
    sceneCode.textContent = codeOf(scene);
    await startAfresh();
    isPlaying = true;
    const pause = () => new Promise((resolve) => setTimeout(resolve, quick ? 0 : 900));
    await scene.play({ ada, grace, mary, press: desk.press, pause });
    isPlaying = false;
    enableScenes(true);
    button.focus({ preventScroll: true });
  });
  return button;
});
find('#scenes').append(...sceneButtons);

function enableScenes(enabled) {
  for (const button of sceneButtons) button.disabled = !enabled;
}

// Who has nothing yet reads when the network is back.
addEventListener('online', () => {
  for (const { read, isEmpty } of people) if (isEmpty()) read();
  train.open();
});

await desk.press();
// What was typed before a reload is there already, and is no reason to forget it.
await Promise.all([...people.map(({ begin }) => begin()), train.open()]);
enableScenes(true);
for (const { resume } of people) resume();
