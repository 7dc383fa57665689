import { describe, expect, test } from 'vitest';
import * as presets from '../../src/presets/index.js';
import { installed } from './installed.js';
import { PRESETS, PROGRAMS } from './size.js';
import { bundlerNames, weigh } from './weigh.js';

describe.each(bundlerNames)('what an application built with %s loads', (bundler) => {
  test.each(PROGRAMS)('of $name', async ({ name, program, most }) => {
    const { first, all } = await weigh(bundler, installed().full, program);
    console.log(`${name} by ${bundler}: ${first} at once, ${all} in all`);
    const [mostAtOnce, mostInAll] = most[bundler];
    expect({ first: Math.max(first, mostAtOnce), all: Math.max(all, mostInAll) }).toEqual({
      first: mostAtOnce,
      all: mostInAll,
    });
  });
});

describe('what a preset loads', () => {
  test('is bounded for each', () => {
    expect(Object.keys(PRESETS).sort()).toEqual(Object.keys(presets).sort());
  });

  test.each(Object.entries(PRESETS))('of %s', async (name, most) => {
    const program = `import { ${name} } from 'unconflict/presets'; console.log(${name});`;
    const { all } = await weigh('esbuild', installed().full, program);
    expect(all).toBeLessThanOrEqual(most);
  });
});
