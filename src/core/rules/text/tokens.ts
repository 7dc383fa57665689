/** What a text is cut into before it is merged. */
export type TextUnit = 'word' | 'line' | 'character';

/** Scripts without spaces between words: each letter, with its marks, is a token by itself. */
const UNSPACED = '[\\p{Ideo}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}]';
/** What people see as one character: a flag, or a code point with its marks and whatever is joined to it. */
const VISIBLE = '\\p{RI}{2}|\\r\\n|.[\\p{M}\\p{EMod}]*(?:\\u200d.[\\p{M}\\p{EMod}]*)*';

/** Every character is in one token, so that the tokens together are the text again. */
const TOKEN: { readonly [unit in TextUnit]: RegExp } = {
  word: new RegExp(
    `\\p{Nd}+(?:[.,:/-]\\p{Nd}+)+(?![\\p{L}\\p{N}_])|${UNSPACED}\\p{M}*|(?:(?!${UNSPACED})[\\p{L}\\p{N}\\p{M}_\\u200c\\u200d])+|\\s+|${VISIBLE}`,
    'gsu',
  ),
  line: /[^\n]*\n|[^\n]+/g,
  character: new RegExp(VISIBLE, 'gsu'),
};

/** Cuts a text into its tokens. */
export function splitText(text: string, by: TextUnit): string[] {
  return text.match(TOKEN[by]) ?? [];
}

/** Whether a token surely begins at `at`, or the text ends there, as far as the two characters beside it tell. May say no where one does. */
export function isBreak(text: string, at: number, by: TextUnit): boolean {
  if (at === 0 || at === text.length) return true;
  const before = text.charCodeAt(at - 1);
  if (by === 'line') return before === 10;
  // Between ASCII characters, no surrogate, mark or joiner is cut off.
  const after = text.charCodeAt(at);
  return after > 32 && after < 128 && (by === 'word' ? before === 32 || before === 10 : before < 128);
}
