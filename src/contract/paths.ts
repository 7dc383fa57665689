import type { JsonValue } from '../core/json.js';
import type { MergeRule } from '../core/rules/rule.js';

/** What has no inside. */
type Leaf = string | number | bigint | boolean | symbol | null | undefined | ((...given: never) => unknown);

/**
 * A document as it is handed to you: frozen all the way down. What nobody has described (`JsonValue`, `unknown`, `any`) stays as it is.
 */
export type DeepReadonly<T> = [T] extends [infer Whole]
  ? // Whole and not T, of which TypeScript would believe that no two documents are ever alike.
    JsonValue extends Whole
    ? T
    : T extends Leaf
      ? T
      : { readonly [K in keyof T]: DeepReadonly<T[K]> }
  : never;

/**
 * The JSON Pointers into a document of this type. Below four levels, where a type contains itself, and where it leaves open what is
 * there, any text is one.
 */
export type PointerOf<T> = WithRoot<Below<T, 'pointer'>>;

/** The same for patterns, in which `*` stands for one token and `**` for any number. The items of a list are `*`. */
export type PatternOf<T> = WithRoot<Below<T, 'fixed'> | Below<T, 'loose'>>;

/** Merge rules by path. A path that the document cannot have does not compile; a key that is only known to be a string does. */
export type MergeTable<T = JsonValue> = { readonly [Path in WithRoot<Below<T, 'fixed'>>]?: MergeRule } & {
  // A key of which there are many cannot be optional.
  readonly [Pattern in Below<T, 'loose'>]: MergeRule;
};

/** A path that is written down must be one of these; one that is made at run time is any string. */
export type CheckedPath<Path extends string, Known extends string> = string extends Path ? Path : Known;

/** Where nothing is known of a document, nothing is known of its paths. */
type WithRoot<Text extends string> = Open extends Text ? string : '' | Text;

/** Pointers; or of patterns those that are one text, or those that are many. */
type Kind = 'pointer' | 'fixed' | 'loose';
type Open = `/${string}`;
/** How deep types are looked into: deeper, the number of paths would grow out of hand. */
type Levels = [1, 1, 1, 1];

/** @typeParam Above The types that hold this one: what is one of them would never end. */
type Below<T, Of extends Kind, Above = never, Left extends readonly unknown[] = Levels> = unknown extends T
  ? Any<Of>
  : [Exclude<T, Leaf>] extends [never]
    ? never
    : [Exclude<T, Leaf>] extends [Above]
      ? Any<Of>
      : Left extends readonly [unknown, ...infer Rest]
        ? Inside<Exclude<T, Leaf>, Of, Above | Exclude<T, Leaf>, Rest>
        : Any<Of>;

type Inside<T, Of extends Kind, Above, Left extends readonly unknown[]> = T extends readonly (infer Item)[]
  ? OfList<Below<Item, Of, Above, Left>>[Of]
  : string extends keyof T
    ? Any<Of>
    :
        | (Of extends 'loose' ? `/*${string}` : never)
        | { [K in Key<T>]-?: With<Token<K, Of>, Below<T[K], Of, Above, Left>, Of> }[Key<T>];

interface OfList<Inner extends string> {
  pointer: '/-' | With<`${number}`, Inner, 'pointer'>;
  fixed: With<'*', Inner, 'fixed'>;
  loose: `/**${string}` | `/${number}` | `/${number}/${string}` | With<'*', Inner, 'loose'>;
}

type Any<Of extends Kind> = Of extends 'fixed' ? never : Open;
type With<Head extends string, Inner extends string, Of extends Kind> =
  | (Of extends 'loose' ? never : `/${Head}`)
  | `/${Head}${Inner}`;
type Key<T> = keyof T & (string | number);

type Token<K extends string | number, Of extends Kind> = K extends '*' | '**'
  ? Of extends 'pointer'
    ? K
    : `~${K}`
  : Replaced<Replaced<`${K}`, '~', '~0'>, '/', '~1'>;

type Replaced<
  In extends string,
  From extends string,
  To extends string,
> = In extends `${infer Head}${From}${infer Tail}` ? `${Head}${To}${Replaced<Tail, From, To>}` : In;
