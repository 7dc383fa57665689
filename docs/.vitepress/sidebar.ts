import type { DefaultTheme } from 'vitepress';

const page = (text: string, link: string): DefaultTheme.SidebarItem => ({ text, link });

/** In the order in which a newcomer needs it. `test/docs/site.test.ts` checks that every page is here. */
export const guide: DefaultTheme.SidebarItem[] = [
  {
    text: 'Begin',
    items: [page('Getting started', '/getting-started'), page('Demo', '/demo/'), page('Guarantees', '/guarantees')],
  },
  {
    text: 'Guides',
    items: [
      page('Choose a merge rule', '/merge-rules'),
      page('Write a resolver', '/resolvers'),
      page('Versions', '/versions'),
      page('Presets for APIs', '/presets'),
      page('Locks, policy and monitoring', '/locks-and-monitoring'),
      page('Telemetry', '/telemetry'),
      page('Testing', '/testing'),
    ],
  },
  {
    text: 'Concepts',
    items: [page('How a rebase works', '/rebasing'), page('Glossary', '/glossary')],
  },
  {
    text: 'Look up',
    items: [page('Errors', '/errors'), page('Reference', '/reference/'), page('Changes', '/CHANGELOG')],
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
