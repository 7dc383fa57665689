/** One table of the options page: the interface it is made from, and where its options can be set. */
interface Table {
  readonly from: string;
  /** Before each name: `retry.`. */
  readonly prefix?: string;
  readonly where: string;
  /** Members that have a table of their own, or that another table shows. */
  readonly leaveOut?: readonly string[];
  /** Interfaces in which the same option can be set, too, and what to call them. */
  readonly alsoOn?: Readonly<Record<string, string>>;
}

export interface Section {
  readonly title: string;
  readonly text?: string;
  readonly tables: readonly Table[];
}

export const INTRODUCTION = `<!-- Made from the docstrings of src by \`npm run docs:options\`. Do not edit: a test compares. -->

# Options

Every option, its default, its unit, and where you can set it. Times are in milliseconds, sizes in bytes.

Options for resources can be set in four places. The later place wins. Tables (\`merge\`, \`headers\`) and the members of \`retry\` add up.

\`\`\`ts
import { createClient } from 'unconflict';

const client = createClient({
  prefix: 'https://api.example.com',
  defaults: { retry: { deadline: 20_000 } }, // 1. every resource
  resources: { '/articles/:id': { merge: { '/status': 'remote' } } }, // 2. by URL pattern
});
const article = client.resource<{ title: string }>('articles/1', {
  merge: { '/title': 'local' }, // 3. this handle
});
await article.edit((draft) => { draft.title = 'Mine'; }, {
  retry: { attempts: 3 }, // 4. this edit
});
\`\`\`

An option that does not exist, or cannot work, throws [\`ERR_INVALID_OPTIONS\`](errors.md#err_invalid_options) when it is given.

The options of a preset are with [the preset](presets.md), those of the test server in [testing](testing.md#make-it-behave-like-your-api).
`;

const RESOURCE = 'Set them in `defaults`, in `resources`, or for one handle: `client.resource(url, options)`.';
const CALLS = { EditOptions: '`edit`, `patch`, `replace`', CreateOptions: '`create`', DeleteOptions: '`delete`' };

/** What the page shows, in this order. */
export const SECTIONS: readonly Section[] = [
  {
    title: 'Client',
    text: 'On top of [the options of ky](https://github.com/sindresorhus/ky#options), such as `prefix`, `headers`, `hooks`, `timeout` (10,000 ms) and `fetch`.',
    tables: [
      { from: 'ClientOptions', where: 'Set them in `createClient()` and `conflictFetch()`.', leaveOut: ['memory'] },
      {
        from: 'MemoryLimits',
        prefix: 'memory.',
        where: 'How much is remembered of what was read, so that a later write can be merged:',
      },
    ],
  },
  {
    title: 'Resources',
    tables: [{ from: 'ResourceOptions', where: RESOURCE, leaveOut: ['retry'], alsoOn: CALLS }],
  },
  {
    title: 'Budget',
    text: '[How long it tries](locks-and-monitoring.md#how-long-it-tries) explains them.',
    tables: [{ from: 'ConflictRetry', prefix: 'retry.', where: `${RESOURCE} Or for one call.` }],
  },
  {
    title: 'One edit, create, delete or read',
    tables: [
      { from: 'EditOptions', where: 'The last argument of `edit`, `patch` and `replace`:' },
      { from: 'CreateOptions', where: 'The last argument of `create`:' },
      { from: 'DeleteOptions', where: 'The argument of `delete`:' },
      { from: 'CallOptions', where: 'The argument of `get`:' },
      { from: 'VerbOptions', where: 'With `client.put`, `client.patch` and `client.delete`, on top of ky’s:' },
    ],
  },
  {
    title: 'Drafts',
    tables: [
      { from: 'DraftOptions', where: 'The argument of `resource.draft()`:' },
      { from: 'Autosave', prefix: 'autosave.', where: 'When a draft saves by itself:' },
      { from: 'SaveOptions', where: 'The argument of `draft.save()`:' },
      { from: 'UndoOptions', where: 'The argument of `result.undo()`, of what an edit resolved with:' },
    ],
  },
  {
    title: 'Live values',
    text: 'See [live values](live-values.md).',
    tables: [{ from: 'LiveOptions', where: 'The argument of `client.live()`, and what `live` of a resource takes:' }],
  },
  {
    title: 'Outbox',
    text: 'See [offline](offline.md).',
    tables: [{ from: 'OutboxOptions', where: 'The argument of `outbox()` of `unconflict/outbox`:' }],
  },
  {
    title: 'Versions',
    text: 'See [versions](versions.md).',
    tables: [
      { from: 'EtagOptions', where: 'The argument of `etag()`:' },
      { from: 'FieldOptions', where: 'The second argument of `field()`:' },
    ],
  },
  {
    title: 'Merge rules',
    text: `A table from path patterns to rules, as \`merge\` takes it. See [merge rules](merge-rules.md).

| rule | options |
|---|---|
| \`'local'\`, \`'remote'\`, \`'manual'\`, \`set()\`, \`atomic()\`, \`server()\` | none |
| \`list({ key })\` | \`key\`: the member, or the members, that identify an item |
| \`counter({ min, max })\` | the bounds of the result. Default: none |
| \`text({ by })\` | \`'word'\`, \`'line'\` or \`'character'\`. Default \`'word'\` |
| \`latest({ field })\` | the pointer to what is compared, in objects. Default: the value itself |
`,
    tables: [],
  },
  {
    title: 'Conflict dialogs',
    text: 'See [conflict dialogs](conflict-ui.md).',
    tables: [{ from: 'AskOptions', where: 'The argument of `ask()`:' }],
  },
  {
    title: 'React',
    text: 'See [React](react.md).',
    tables: [
      { from: 'UseResourceOptions', where: 'The last argument of `useResource`:' },
      {
        from: 'UseDraftOptions',
        where: 'The last argument of `useDraft`, on top of [those of a draft](#drafts):',
        leaveOut: ['autosave', 'onConflict', 'from'],
      },
    ],
  },
  {
    title: 'TanStack Query',
    text: 'See [TanStack Query](tanstack-query.md).',
    tables: [
      { from: 'KeyOptions', where: 'The second argument of `queryOptions`:' },
      { from: 'MutationFactoryOptions', where: 'The second argument of `mutationOptions`:' },
    ],
  },
  {
    title: 'Merging without a client',
    text: 'See [how a rebase works](rebasing.md).',
    tables: [
      { from: 'RebaseInput', where: 'The argument of `rebase()` of `unconflict/core`:' },
      { from: 'DiffOptions', where: 'The third argument of `diff()`:' },
    ],
  },
  {
    title: 'OpenTelemetry',
    text: 'See [telemetry](telemetry.md).',
    tables: [{ from: 'TelemetryOptions', where: 'The second argument of `withTelemetry`:' }],
  },
];
