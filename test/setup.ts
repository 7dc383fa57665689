import fc from 'fast-check';

/**
 * The same random cases in every run, so that a red test is a change's own fault and is red again when run again.
 * `FC_SEED=7 npm test` tries others; a failure prints the seed and the path to its smallest case.
 */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1) });
