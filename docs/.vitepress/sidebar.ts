import type { DefaultTheme } from 'vitepress';

const page = (text: string, link: string): DefaultTheme.SidebarItem => ({ text, link });

/** In the order in which a newcomer needs it. `test/docs/site.test.ts` checks that every page is here. */
export const guide: DefaultTheme.SidebarItem[] = [
  {
    text: 'Begin',
    items: [page('Getting started', '/getting-started'), page('Demo', '/demo/'), page('Questions', '/faq')],
  },
  {
    text: 'Which way is mine',
    items: [
      page('Forms and autosave', '/forms-and-autosave'),
      page('Live values', '/live-values'),
      page('React', '/react'),
      page('TanStack Query', '/tanstack-query'),
      page('Existing fetch or ky code', '/fetch-and-ky'),
      page('Scripts and jobs', '/scripts'),
      page('Offline', '/offline'),
      page('On a server', '/on-a-server'),
    ],
  },
  {
    text: 'Guides',
    items: [
      page('Choose a merge rule', '/merge-rules'),
      page('Write a resolver', '/resolvers'),
      page('Conflict dialogs', '/conflict-ui'),
      page('Recipes', '/recipes'),
      page('Presets for APIs', '/presets'),
      page('Versions', '/versions'),
      page('Locks, budgets and monitoring', '/locks-and-monitoring'),
      page('Telemetry', '/telemetry'),
      page('Testing', '/testing'),
      page('Migrating', '/migrating'),
    ],
  },
  {
    text: 'Concepts',
    items: [
      page('What happens to an edit', '/life-of-an-edit'),
      page('How a rebase works', '/rebasing'),
      page('Guarantees', '/guarantees'),
      page('Many writers at once', '/contention'),
      page('Comparison', '/comparison'),
      page('Benchmarks', '/benchmarks'),
    ],
  },
  {
    text: 'Look up',
    items: [
      page('Options', '/options'),
      page('Errors', '/errors'),
      page('Reference', '/reference/'),
      page('Glossary', '/glossary'),
      page('Changes', '/CHANGELOG'),
    ],
  },
  {
    text: 'Contribute',
    items: [
      page('Contributing', '/CONTRIBUTING'),
      page('For contributors', '/AGENTS'),
      page('Architecture', '/architecture'),
      page('Security', '/SECURITY'),
    ],
  },
];
