import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/** Rows 10 to 15 in lists without keys: scalars, plain objects, lists in lists. */
export const listCases: readonly RebaseCase[] = readCases(`
10 in the middle | [1,2] | add /1 8 | [1,9,2] | [1,9,8,2] | emits add /2 8 | mirror [1,8,9,2]
10 at the head | [1,2] | add /0 8 | [9,1,2] | [9,8,1,2] | emits add /1 8 | mirror [8,9,1,2]
10 into an empty list | {"l":[]} | add /l/0 8 | {"l":[9]} | {"l":[9,8]} | mirror {"l":[8,9]}
10 runs stay together | [1,2] | add /1 7; add /2 8 | [1,9,10,2] | [1,9,10,7,8,2] | emits add /3 7; add /4 8 | mirror [1,7,8,9,10,2]
10 a run built backwards stays in its order | [1,2] | add /1 8; add /1 7 | [1,9,2] | [1,9,7,8,2] | mirror [1,7,8,9,2]
10 the gap where an item was taken out | [1,2,3] | remove /1; add /1 8 | [1,9,2,3] | [1,9,8,3] | no mirror | not as value
11 a scalar, nowhere twice: one | ["a","b"] | add /2 "x" | ["n","a","b","x"] | remote | emits nothing
11 a scalar, nowhere twice, in another gap: one, where remote has it | ["a","b"] | add /0 "x" | ["a","b","x","y"] | remote
    | emits nothing | mirror ["x","a","b","y"]
11 a scalar in a list that has duplicates: both | ["a","a"] | add /2 "x" | ["a","a","x","y"] | ["a","a","x","y","x"]
    | mirror ["a","a","x","x","y"]
11 a scalar that makes the duplicate itself: both | ["a","b"] | add /2 "a" | ["a","b","a","y"] | ["a","b","a","y","a"]
    | mirror ["a","b","a","a","y"]
11 duplicates on our side only: both | ["a"] | add /1 "x"; add /2 "x" | ["a","x"] | ["a","x","x","x"] | mirror ["a","x","x","x"]
11 duplicates and in doubt: one | ["a","a"] | add /2 "x" | ["a","a","x","y"] | remote | in doubt | emits nothing | landed yes; unknown
11 objects without a key: both | [{"n":1}] | add /1 {"n":2} | [{"n":2},{"n":1}] | [{"n":2},{"n":1},{"n":2}]
    | mirror [{"n":2},{"n":1},{"n":2}]
11 objects without a key and in doubt: one | [{"n":1}] | add /1 {"n":2} | [{"n":1},{"n":2},{"n":3}] | remote | in doubt | emits nothing
    | landed yes; unknown
11 objects without a key, and remote is just what we made: nothing | [{"n":1}] | add /1 {"n":2} | [{"n":1},{"n":2}] | remote
    | emits nothing
11 duplicates, and remote is just what we made: nothing | ["a","a"] | add /2 "x" | ["a","a","x"] | remote | emits nothing
11 a scalar that remote has put in the place of another: one | ["s","a"] | add /2 "b" | ["s","b"] | remote | emits nothing | no mirror
11 the same in doubt | ["s","a"] | add /2 "b" | ["s","b"] | remote | in doubt | emits nothing | landed yes | no mirror
11 one more of what was there, in doubt: nothing tells whose | {"l":["x"],"n":1} | add /l/1 "x"; replace /n 2 | {"l":["x","x"],"n":2}
    | remote | rules /n counter | in doubt | emits nothing | landed unknown | no mirror
11 in a set(): one | {"t":["a"]} | add /t/1 "x"; add /t/2 "y" | {"t":["x","a"]} | {"t":["x","a","y"]} | rules /t set
    | emits add /t/2 "y"
13 an item set to null beside one that moves | [1,2,3] | replace /0 null; move /2 /1 | [1,2,3,4] | [null,3,2,4] | no mirror
12 append / append | [1] | add /- 8 | [1,9] | [1,9,8] | mirror [1,8,9]
12 append / two appended | {"l":[1]} | add /l/- 8 | {"l":[1,9,10]} | {"l":[1,9,10,8]} | mirror {"l":[1,8,9,10]}
12 two appended / append | [1] | add /- 7; add /- 8 | [1,9] | [1,9,7,8] | mirror [1,7,8,9]
12 append by index | [1] | add /1 8 | [1,9] | [1,9,8] | emits add /2 8 | mirror [1,8,9]
12 append / the last item removed | [1,2] | add /- 8 | [1] | [1,8]
12 append / insert at the head | [1,2] | add /- 8 | [0,1,2] | [0,1,2,8]
13 an edit inside, behind an insert | {"l":[{"v":1},{"v":2}]} | replace /l/1/v 5 | {"l":[{"v":0},{"v":1},{"v":2}]}
    | {"l":[{"v":0},{"v":1},{"v":5}]} | emits replace /l/2/v 5 | no mirror
13 an edit inside, behind a removal | [{"v":1},{"v":2},{"v":3}] | replace /2/v 5 | [{"v":2},{"v":3}] | [{"v":2},{"v":5}]
    | emits replace /1/v 5 | no mirror
13 a replace behind an insert | ["a","b","c"] | replace /1 "x" | ["n","a","b","c"] | ["n","a","x","c"] | emits replace /2 "x"
13 a removal behind two inserts | ["a","b","c"] | remove /2 | ["m","n","a","b","c"] | ["m","n","a","b"] | emits remove /4
13 an insert behind a removal | ["a","b","c"] | add /2 "x" | ["b","c"] | ["b","x","c"] | emits add /1 "x"
13 an insert in front: nothing shifts | ["a","b","c"] | add /0 "x" | ["a","b","c","z"] | ["x","a","b","c","z"] | emits the same
13 indices of the moment | ["a","b","c","d"] | remove /0; replace /1 "x"; add /3 "y" | ["n","a","b","c","d"] | ["n","b","x","d","y"]
    | emits remove /1; add /4 "y"; replace /2 "x"
13 indices are numbers: 10 comes after 9 | ["a","b","c","d","e","f","g","h","i","j","k","l"] | replace /10 "X"
    | ["a","b","d","e","f","g","h","i","j","k","l"] | ["a","b","d","e","f","g","h","i","j","X","l"] | emits replace /9 "X"
13 and 9 becomes 10 | ["a","b","c","d","e","f","g","h","i","j","k","l"] | replace /9 "X"; replace /2 "Y"
    | ["a","N","b","c","d","e","f","g","h","i","j","k","l"] | ["a","N","b","Y","d","e","f","g","h","i","X","k","l"]
    | emits replace /10 "X"; replace /3 "Y"
13 lists in lists | [[1,2],[3,4]] | replace /1/0 9 | [[0],[1,2],[3,4]] | [[0],[1,2],[9,4]] | emits replace /2/0 9 | no mirror
13 an append to a list in a list | [[1],[2]] | add /1/- 9 | [[0],[1],[2]] | [[0],[1],[2,9]] | no mirror
13 equal items that remote left alone | [0,0,0,1] | remove /1 | [0,0,0,1,2] | [0,0,1,2] | emits the same
13 beside equal items that remote touched | [5,7,7,8] | replace /0 6 | [5,7,8] | [6,7,8] | emits the same
13 one of equal items that remote touched is ambiguous | [0,0,0,1] | remove /1 | [0,0,1,2] | remote | emits nothing
    | conflicts ambiguous-array * | no mirror
13 a place in a rewritten stretch is ambiguous | [1,2,3,4] | replace /1 9 | [1,8,7,4] | remote | emits nothing
    | conflicts ambiguous-array * | no mirror
13 an edit inside a rewritten stretch is never guessed | [{"n":1},{"n":2}] | replace /0/n 5 | [{"m":1},{"m":2}] | remote | emits nothing
    | conflicts ambiguous-array|modify-delete * | no mirror
14 the same item | ["a","b","c"] | remove /1 | ["a","c","z"] | remote | emits nothing
14 beside another | ["a","b","c","d"] | remove /1; remove /2 | ["a","c","d","z"] | ["a","c","z"] | emits remove /2
14 different ones | ["a","b","c","d"] | remove /2 | ["a","c","d"] | ["a","d"] | emits remove /1
15 replaced / removed | ["a","b","c"] | replace /1 "x" | ["a","c"] | remote | emits nothing | conflicts modify-delete /1
    | sides "b"; "x"; missing | mirror ["a","x","c"] | mirrored delete-modify|ambiguous-array /1
15 replaced / removed, at the would-be place | ["a","b","c"] | replace /1 "x" | ["n","m","a","c"] | remote
    | conflicts modify-delete /3 was /1 | no mirror
15 replaced / removed with all in front of it | ["a","b","c"] | replace /1 "x" | ["c"] | remote | conflicts modify-delete /0 was /1
    | no mirror
15 both replaced, differently | ["a","b","c"] | replace /1 "x" | ["a","y","c"] | remote | emits nothing
    | conflicts value|ambiguous-array /1
15 both replaced, equally | ["a","b","c"] | replace /1 "x" | ["a","x","c","d"] | remote | emits nothing
14 a scalar removed / moved is not dropped without a word | ["a","b","c"] | remove /0 | ["b","c","a"] | remote | emits nothing
    | conflicts ambiguous-array * | no mirror
14 an item removed here, and changed and moved by remote: what tells it is in a list of its own | [{"n":["a","b"]},{"n":["c"]}] | remove /0
    | [{"n":["c"]},{"n":["a"]}] | remote | emits nothing | conflicts ambiguous-array * | no mirror
13 an item edited here, and changed and moved by remote: what tells it is in a list of its own | ["x",{"n":["a","b"]}] | add /1/m 1
    | [{"n":["b"]},"x"] | remote | emits nothing | conflicts ambiguous-array * | no mirror
13 a removal in a run of equal items that remote touched is ambiguous | [3,3,3,3] | remove /1 | [1,3,1,2] | remote | emits nothing
    | conflicts ambiguous-array * | no mirror
13 a removal of what remote may have edited is ambiguous | [{"t":"a","n":1},{"t":"b","n":1}] | remove /0 | [{"t":"a","n":2}] | remote
    | emits nothing | conflicts ambiguous-array|delete-modify * | no mirror
`);
