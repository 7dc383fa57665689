import type { JsonValue, RebaseInput, RebaseOutput } from '../../../src/core/index.js';
import { apply, rebase } from '../../../src/core/index.js';
import { equal, isContainer } from '../tools.js';
import type { Random } from './random.js';
import { randomFrom } from './random.js';

/** A scene of two sides, and who can tell what is right. */
export interface Scene {
  readonly input: RebaseInput;
  /** Why somebody must be asked; nothing where the documents tell. */
  readonly must: string | undefined;
  /** Why somebody may be asked. */
  readonly may: string | undefined;
  /** What is wrong with a clean result. */
  readonly wrong: (output: RebaseOutput) => string | undefined;
  /** What is wrong with any result, open conflicts or not. Default: what {@link wrongTokens} finds. */
  readonly always?: (output: RebaseOutput) => string | undefined;
}

export type Kind = 'right' | 'asked' | 'asked for nothing' | 'wrong';

export interface Verdict {
  readonly kind: Kind;
  readonly why: string;
  readonly value?: JsonValue;
}

/** What becomes of a scene. */
function judge(scene: Scene): Verdict {
  const { input, must, may } = scene;
  const output = rebase(input);
  const unfit = equal(apply(input.remote, output.patch), output.value)
    ? undefined
    : 'the patch does not give the value';
  const always = unfit ?? (scene.always ?? ((out) => wrongTokens(input, out)))(output);
  if (always !== undefined) return { kind: 'wrong', why: always, value: output.value };
  if (output.conflicts.length > 0) {
    const why = output.conflicts.map(({ kind, path }) => `${kind} ${path}`).join(', ');
    return { kind: must === undefined && may === undefined ? 'asked for nothing' : 'asked', why };
  }
  if (must !== undefined) return { kind: 'wrong', why: `not asked: ${must}`, value: output.value };
  const why = scene.wrong(output);
  // Where the documents do not tell, the order or the place may be another one than meant; what is lost or doubled, `always` finds.
  return why === undefined || may !== undefined
    ? { kind: 'right', why: '' }
    : { kind: 'wrong', why, value: output.value };
}

/** All strings in a document that are unique by making. */
function tokensIn(document: JsonValue): string[] {
  if (typeof document === 'string') return [document];
  return isContainer(document) ? Object.values(document).flatMap(tokensIn) : [];
}

/** Values of which there is one each: what both kept or remote brought is there, and nothing is there twice. */
export function wrongTokens({ base, patch, remote }: RebaseInput, { value }: RebaseOutput): string | undefined {
  const [ofBase, ofLocal] = [base, apply(base, patch ?? [])].map((one) => new Set(tokensIn(one)));
  const merged = tokensIn(value);
  const there = new Set(merged);
  if (there.size < merged.length)
    return `doubled: ${merged.filter((token, at) => merged.indexOf(token) !== at).join(' ')}`;
  const lost = tokensIn(remote).filter((token) => !there.has(token) && (ofLocal?.has(token) || !ofBase?.has(token)));
  return lost.length > 0 ? `lost: ${lost.join(' ')}` : undefined;
}

/** How many scenes came out in which way. */
export type Tally = { [kind in Kind]: number } & { readonly mistakes: string[]; readonly idle: string[] };

/** Plays the scenes of many seeds. */
export function play(first: number, trials: number, sceneOf: (random: Random) => Scene | undefined): Tally {
  const tally: Tally = { right: 0, asked: 0, 'asked for nothing': 0, wrong: 0, mistakes: [], idle: [] };
  for (let seed = first; seed < first + trials; seed++) {
    const scene = sceneOf(randomFrom(seed));
    if (scene === undefined) continue;
    const { kind, why, value } = judgeSafely(scene);
    tally[kind]++;
    const told = (): string => `seed ${seed}: ${why}: ${JSON.stringify(scene.input)} gave ${JSON.stringify(value)}`;
    if (kind === 'wrong') tally.mistakes.push(told());
    if (kind === 'asked for nothing') tally.idle.push(told());
  }
  tally.mistakes.sort((a, b) => a.length - b.length);
  tally.idle.sort((a, b) => a.length - b.length);
  return tally;
}

function judgeSafely(scene: Scene): Verdict {
  try {
    return judge(scene);
  } catch (error) {
    return { kind: 'wrong', why: `thrown: ${error instanceof Error ? error.message : error}` };
  }
}
