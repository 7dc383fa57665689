import { describe, expect, test } from 'vitest';
import { bundleProgram } from './bundle.js';
import { installed } from './installed.js';

/** Words that only one part of the library says. */
const PARTS = {
  rebase: 'was changed differently here and on the server',
  'the ky client': 'maxBodyBytes',
  sessions: 'What was chosen fails the schema',
  presets: 'managedFields',
  testing: 'other side closed',
  otel: 'unconflict.setbacks',
  react: 'useSyncExternalStore',
  outbox: 'This outbox belongs to another client',
} as const;
type Part = keyof typeof PARTS;

interface Row {
  readonly program: string;
  readonly packages: readonly string[];
  readonly has: readonly Part[];
}

const CLIENT_PACKAGES = ['fast-json-patch', 'is-network-error', 'ky', 'p-retry'];

const rows: readonly Row[] = [
  { program: "import { apply } from 'unconflict/core'; console.log(apply);", packages: ['fast-json-patch'], has: [] },
  { program: "import { diff } from 'unconflict/core'; console.log(diff);", packages: [], has: [] },
  {
    program: "import { rebase } from 'unconflict/core'; console.log(rebase);",
    packages: ['fast-json-patch'],
    has: ['rebase'],
  },
  {
    program: "import * as core from 'unconflict/core'; console.log(core);",
    packages: ['fast-json-patch'],
    has: ['rebase'],
  },
  {
    program: "import { createClient } from 'unconflict'; console.log(createClient);",
    packages: CLIENT_PACKAGES,
    has: ['rebase', 'the ky client'],
  },
  {
    program: "import { conflictFetch } from 'unconflict'; console.log(conflictFetch);",
    packages: CLIENT_PACKAGES,
    has: ['rebase', 'the ky client'],
  },
  {
    program: "import { ask, createClient } from 'unconflict'; console.log(ask, createClient);",
    packages: CLIENT_PACKAGES,
    has: ['rebase', 'the ky client', 'sessions'],
  },
  {
    program: "import { isUnconflictError } from 'unconflict'; console.log(isUnconflictError);",
    packages: [],
    has: [],
  },
  { program: "import { couchdb } from 'unconflict/presets'; console.log(couchdb);", packages: [], has: [] },
  {
    program: "import { kubernetes } from 'unconflict/presets'; console.log(kubernetes);",
    packages: [],
    has: ['presets'],
  },
  {
    program: "import { createConflictServer } from 'unconflict/testing'; console.log(createConflictServer);",
    packages: ['fast-json-patch'],
    has: ['testing'],
  },
  {
    program: "import { useResource } from 'unconflict/react'; console.log(useResource);",
    packages: ['react'],
    has: ['react'],
  },
  {
    program:
      "import { createClient } from 'unconflict'; import { memory, outbox } from 'unconflict/outbox'; console.log(createClient, memory, outbox);",
    packages: CLIENT_PACKAGES,
    // Sessions are fetched with the first conflict that waits for a person: here all is one file.
    has: ['rebase', 'the ky client', 'sessions', 'outbox'],
  },
  {
    program: "import { createClient } from 'unconflict/eager'; console.log(createClient);",
    packages: CLIENT_PACKAGES,
    has: ['rebase', 'the ky client'],
  },
  {
    program: "import { createClient, outbox } from 'unconflict/eager'; console.log(createClient, outbox);",
    packages: CLIENT_PACKAGES,
    has: ['rebase', 'the ky client', 'sessions', 'outbox'],
  },
  {
    program: "import { indexedDb } from 'unconflict/outbox'; console.log(indexedDb);",
    packages: ['idb-keyval'],
    has: [],
  },
  {
    program: "import { withTelemetry } from 'unconflict/otel'; console.log(withTelemetry);",
    packages: ['@opentelemetry/api'],
    has: ['otel'],
  },
];

describe('what is not imported is not in the bundle', () => {
  test.each(rows)('$program', async ({ program, packages, has }) => {
    const bundle = await bundleProgram(installed().full, program);
    const found = Object.entries(PARTS).flatMap(([part, words]) => (bundle.code.includes(words) ? [part] : []));
    expect({ packages: bundle.packages, has: found }).toEqual({ packages, has });
  });
});
