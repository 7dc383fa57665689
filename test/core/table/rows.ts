import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/** Rows 13 to 16 for rows without ids: weak pairs, the lone pair, and an equality that does not depend on the order of members. */
export const rowCases: readonly RebaseCase[] = readCases(`
13 a member removed / its row edited, another inserted behind: who knows which is which | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}]
    | remove /1/a | [{"n":1,"a":1},{"n":2,"a":5},{"n":9},{"n":3,"a":1}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
13 a member set / its row edited, another inserted behind | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | replace /1/a 7
    | [{"n":1,"a":1},{"n":2,"a":1,"b":1},{"n":9},{"n":3,"a":1}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
13 a row removed / edited, another inserted behind | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | remove /1
    | [{"n":1,"a":1},{"n":2,"a":5},{"n":9},{"n":3,"a":1}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
13 a row replaced / edited, another inserted in front | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | replace /1 {"n":2,"a":7}
    | [{"n":1,"a":1},{"n":9},{"n":2,"a":5},{"n":3,"a":1}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
13 an insert between rows of which nobody knows which is which | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | add /1 {"n":7}
    | [{"n":1,"a":1},{"n":2,"a":5},{"n":9},{"n":3,"a":1}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
13 a row removed / gone, another at the end that shares nothing with it | [{"n":1},{"n":2}] | remove /0 | [{"n":2},{"n":3}] | remote
    | emits nothing
13 a row removed / gone, another at the end that shares a value with it | [{"n":1,"a":1},{"n":2,"a":2}] | remove /0
    | [{"n":2,"a":2},{"n":3,"a":1}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
13 a row without members removed / gone, another at the end: it may have been filled | [{},{"n":2}] | remove /0 | [{"n":2},{"n":3}] | remote
    | emits nothing | conflicts ambiguous-array * was * | no mirror
13 a row removed / gone, another in its place that shares nothing with it | [{"n":1},{"n":2}] | remove /0 | [{"n":3},{"n":2}] | remote
    | emits nothing | conflicts ambiguous-array * was * | no mirror
13 an insert in front of a row that is gone, another at the end that shares nothing with it | [{"n":1},{"n":2}] | add /0 {"n":9}
    | [{"n":2},{"n":3}] | [{"n":9},{"n":2},{"n":3}] | emits add /0 {"n":9}
13 a row removed / edited and moved to where another one was, which it resembles now | [{"n":0,"a":1,"b":1},{"n":1},{"n":2,"a":2,"b":2}] | remove /2
    | [{"n":2,"a":1,"b":1},{"n":1}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
13 an insert far from such rows is clean | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1},{"n":4,"a":1}] | add /4 {"n":7}
    | [{"n":1,"a":1},{"n":2,"a":5},{"n":9},{"n":3,"a":1},{"n":4,"a":1}]
    | [{"n":1,"a":1},{"n":2,"a":5},{"n":9},{"n":3,"a":1},{"n":4,"a":1},{"n":7}] | emits add /5 {"n":7} | no mirror
13 an edit far from such rows is clean | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1},{"n":4,"a":1}] | replace /3/a 7
    | [{"n":1,"a":1},{"n":2,"a":5},{"n":9},{"n":3,"a":1},{"n":4,"a":1}]
    | [{"n":1,"a":1},{"n":2,"a":5},{"n":9},{"n":3,"a":1},{"n":4,"a":7}] | emits replace /4/a 7 | no mirror
13 the same one deeper | {"o":[{"id":"x","l":[{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}]}]} | remove /o/0/l/1/a
    | {"o":[{"id":"w"},{"id":"x","l":[{"n":1,"a":1},{"n":2,"a":5},{"n":9},{"n":3,"a":1}]}]} | remote | emits nothing
    | conflicts ambiguous-array * was * | no mirror
13 with the key declared, it is known: another member edited | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | remove /1/a
    | [{"n":1,"a":1},{"n":2,"a":1,"b":1},{"n":9},{"n":3,"a":1}] | [{"n":1,"a":1},{"n":2,"b":1},{"n":9},{"n":3,"a":1}]
    | rules (root) list{"key":"n"} | emits the same
13 with the key declared, it is known: the same member edited | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | remove /1/a
    | [{"n":1,"a":1},{"n":2,"a":5},{"n":9},{"n":3,"a":1}] | remote | rules (root) list{"key":"n"} | emits nothing
    | conflicts delete-modify /1/a
13 with the key inferred, it is known | [{"id":1,"a":1},{"id":2,"a":1},{"id":3,"a":1}] | replace /1/a 7
    | [{"id":1,"a":1},{"id":2,"a":1,"b":1},{"id":9},{"id":3,"a":1}] | [{"id":1,"a":1},{"id":2,"a":7,"b":1},{"id":9},{"id":3,"a":1}]
    | emits the same
13 members in another order, nothing else: an edit | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | replace /1/a 7
    | [{"n":9},{"a":1,"n":1},{"a":1,"n":2},{"a":1,"n":3}] | [{"n":9},{"n":1,"a":1},{"n":2,"a":7},{"n":3,"a":1}] | emits replace /2/a 7
    | no mirror
13 members in another order, nothing else: a removal | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | remove /1
    | [{"a":1,"n":1},{"a":1,"n":2},{"a":1,"n":3},{"a":1,"n":4}] | [{"n":1,"a":1},{"n":3,"a":1},{"n":4,"a":1}] | emits remove /1 | no mirror
13 members in another order, nothing else: an insert | [{"n":1,"a":1},{"n":2,"a":1}] | add /1 {"n":7}
    | [{"a":1,"n":0},{"a":1,"n":1},{"a":1,"n":2}] | [{"n":0,"a":1},{"n":1,"a":1},{"n":7},{"n":2,"a":1}] | emits add /2 {"n":7} | no mirror
13 members in another order, nothing else: a move | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | move /0 /2
    | [{"a":1,"n":0},{"a":1,"n":1},{"a":1,"n":2},{"a":1,"n":3}] | [{"n":0,"a":1},{"n":2,"a":1},{"n":3,"a":1},{"n":1,"a":1}] | emits move /1 /3
13 members in another order, deep in the rows | [{"o":{"p":{"x":1,"y":2}},"v":1},{"o":{"p":{"x":3,"y":4}},"v":1}] | replace /1/v 2
    | [{"v":0},{"v":1,"o":{"p":{"y":2,"x":1}}},{"v":1,"o":{"p":{"y":4,"x":3}}}]
    | [{"v":0},{"v":1,"o":{"p":{"y":2,"x":1}}},{"v":2,"o":{"p":{"y":4,"x":3}}}] | emits replace /2/v 2 | no mirror
16 really gone, members in another order: an edit is told | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | replace /1/a 7
    | [{"a":1,"n":1},{"a":1,"n":3}] | remote | emits nothing | conflicts modify-delete /1 | no mirror
24 members in another order: a test is still true | {"a":{"x":1,"y":2},"b":1} | test /a {"x":1,"y":2}; replace /b 2 | {"a":{"y":2,"x":1},"b":1,"z":1}
    | {"a":{"x":1,"y":2},"b":2,"z":1} | emits the same
23 members in another order: a copy's source is unchanged | {"a":{"x":1,"y":2}} | copy /a /b | {"a":{"y":2,"x":1},"z":1}
    | {"a":{"x":1,"y":2},"b":{"x":1,"y":2},"z":1} | emits the same
4 members in another order: a removal is clean | {"a":{"x":1,"y":2},"z":1} | remove /a | {"a":{"y":2,"x":1},"z":2} | {"z":2} | emits the same
27 members in another order: remote is what we made | {"a":1} | replace /a {"x":1,"y":[{"p":1,"q":1}]} | {"a":{"y":[{"q":1,"p":1}],"x":1}} | remote
    | emits nothing
14 a row that is gone, nothing else: removed by both | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | remove /1 | [{"n":1,"a":1},{"n":3,"a":1}]
    | remote | emits nothing | no mirror
16 a row that may have been edited and moved: a removal | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | remove /0
    | [{"n":2,"a":1},{"n":3,"a":1},{"n":1,"a":2}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
16 a row that may have been edited and moved: an edit | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | replace /0/a 5
    | [{"n":2,"a":1},{"n":3,"a":1},{"n":1,"a":2}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
16 a row that may have been edited and moved: an insert beside it | [{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1},{"n":4,"a":1}] | add /2 {"n":7}
    | [{"n":1,"a":1},{"n":3,"a":1},{"n":4,"a":1},{"n":2,"a":2}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
16 a move past a row that may have been edited, another inserted | [{"n":0,"a":1},{"n":1,"a":1}] | move /1 /0
    | [{"n":0,"a":2},{"n":9,"a":3},{"n":1,"a":1}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
16 a move past a row that is gone: nothing is left to do | [{"n":0,"a":1},{"n":1,"a":1}] | move /1 /0
    | [{"n":1,"a":1}] | remote | emits nothing
16 a move past such a row and another one: where it goes is known | [{"n":0,"a":1},{"n":1,"a":1},{"n":2,"a":1},{"n":3,"a":1}] | move /3 /0
    | [{"n":0,"a":1},{"n":1,"a":2},{"n":9},{"n":2,"a":1},{"n":3,"a":1}]
    | [{"n":3,"a":1},{"n":0,"a":1},{"n":1,"a":2},{"n":9},{"n":2,"a":1}] | emits move /4 /0
16 removed / edited and moved to where another row was that is gone | [{"n":0,"a":1,"b":1},{"n":1,"a":2},{"n":2,"a":3,"b":3}] | remove /0
    | [{"n":1,"a":2},{"n":0,"a":1,"b":5}] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
16 removed by both / another row edited that is more like itself | [{"n":0,"a":1,"b":1},{"n":1,"a":2},{"n":2,"a":3,"b":3}] | remove /0
    | [{"n":1,"a":2},{"n":2,"a":3,"b":5}] | remote | emits nothing | no mirror
16 an edit that changes nothing is no conflict, though its row is gone | [{"n":1,"a":1},{"n":2,"a":1}] | replace /0/a 1 | [{"n":2,"a":1}] | remote
    | emits nothing | no mirror
15 both replaced a scalar, one of one length | ["a","b","c"] | replace /1 "x" | ["a","y","c"] | remote | emits nothing
    | conflicts ambiguous-array * was * | no mirror
15 replaced / gone, and two others in its gap | ["a","b","c"] | replace /1 "x" | ["a","y","z","c"] | remote | emits nothing
    | conflicts ambiguous-array * was * | no mirror
15 removed / gone, and another in its gap | ["a","b","c"] | remove /1 | ["a","y","c"] | remote | emits nothing
    | conflicts ambiguous-array * was * | no mirror
15 removed / the only one is another now | ["a"] | remove /0 | ["y"] | remote | emits nothing | conflicts ambiguous-array * was * | no mirror
13 an insert beside scalars of which nobody knows which is which | ["a","b","c","d","e"] | add /2 "x" | ["a","b","y","z"] | remote | emits nothing
    | conflicts ambiguous-array * was * | no mirror
13 an insert beside the only scalar, which is another now | ["a"] | add /0 "x" | ["y","z"] | remote | emits nothing
    | conflicts ambiguous-array * was * | no mirror
13 a move beside scalars of which nobody knows which is which | ["a","b","c"] | move /2 /1 | ["y","z","c"] | remote | emits nothing
    | conflicts ambiguous-array * was * | no mirror
15 replaced / gone, another put elsewhere | ["a","b","c"] | replace /1 "x" | ["n","a","c"] | remote | emits nothing
    | conflicts modify-delete /2 was /1 | no mirror
15 removed / gone, another put elsewhere | ["a","b","c"] | remove /1 | ["n","a","c"] | remote | emits nothing | no mirror
15 a scalar set to what it is, and gone in remote | ["a","b","c"] | replace /1 "b" | ["a","c"] | remote | emits nothing
13 an object among texts: no text is what it has become | {"m":[{"id":1,"v":1},{"id":2,"v":2}]} | add /m/0/n 9 | {"m":["x",{"id":1,"v":7}]} | remote
    | emits nothing | conflicts ambiguous-array /m | no mirror
13 an object among texts, answered: no second one | {"m":[{"id":1,"v":1},{"id":2,"v":2}]} | add /m/0/n 9 | {"m":["x",{"id":1,"v":7}]}
    | {"m":[{"id":1,"v":1,"n":9},{"id":2,"v":2}]} | answers /m local | settled /m resolver local | no mirror
13 the lone pair: a FHIR name | {"name":[{"use":"official","family":"Lee","given":"Ann"}]} | replace /name/0/given "Anna"
    | {"name":[{"use":"official","family":"Lee-Ray","given":"Ann"}]} | {"name":[{"use":"official","family":"Lee-Ray","given":"Anna"}]}
    | emits the same
13 the lone pair, among others that are equal | [{"a":1,"b":1,"c":1},{"a":2,"b":2,"c":2},{"a":3,"b":3,"c":3}] | replace /1/a 9
    | [{"a":1,"b":1,"c":1},{"a":2,"b":2,"c":8},{"a":3,"b":3,"c":3}] | [{"a":1,"b":1,"c":1},{"a":9,"b":2,"c":8},{"a":3,"b":3,"c":3}]
    | emits the same
13 the lone pair with members in another order | [{"a":1,"b":1,"c":1},{"a":2,"b":2,"c":2}] | replace /1/a 9
    | [{"c":1,"b":1,"a":1},{"c":8,"b":2,"a":2}] | [{"a":1,"b":1,"c":1},{"a":9,"b":2,"c":8}] | emits the same
13 the lone pair in a tuple | {"p":[1,2,[3,4,5]]} | replace /p/2/0 9 | {"p":[1,2,[3,4,6]]} | {"p":[1,2,[9,4,6]]} | emits the same | no mirror
13 the lone pair of lists in lists | {"g":[[[0,0],[1,0],[1,1],[0,0]]]} | replace /g/0/1 [2,0] | {"g":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}
    | {"g":[[[0,0],[2,0],[1,1],[0,1],[0,0]]]} | no mirror
13 the lone pair: a member more counts in the larger one | [{"a":1,"b":1,"c":1}] | replace /0/a 9 | [{"a":1,"b":1,"c":1,"d":1}]
    | [{"a":9,"b":1,"c":1,"d":1}] | emits the same
13 half is not more than half: weak | [{"a":1,"b":1}] | replace /0/a 9 | [{"a":1,"b":2}] | remote | emits nothing
    | conflicts ambiguous-array * was * | no mirror
13 two indices that differ: weak | [{"a":1,"b":1,"c":1},{"a":2,"b":2,"c":2}] | replace /0/a 9 | [{"a":1,"b":1,"c":7},{"a":2,"b":2,"c":7}] | remote
    | emits nothing | conflicts ambiguous-array * was * | no mirror
13 of another length: weak | [{"a":1,"b":1,"c":1}] | replace /0/a 9 | [{"a":1,"b":1,"c":7},{"a":2,"b":2,"c":2}] | remote
    | emits nothing | conflicts ambiguous-array * was * | no mirror
16 the lone pair: removed / edited | {"name":[{"use":"official","family":"Lee","given":"Ann"}]} | remove /name/0
    | {"name":[{"use":"official","family":"Lee-Ray","given":"Ann"}]} | remote | emits nothing | conflicts delete-modify /name/0 | no mirror
2 the lone pair: one member, set differently | {"name":[{"use":"official","family":"Lee","given":"Ann"}]} | replace /name/0/family "Lie"
    | {"name":[{"use":"official","family":"Ray","given":"Ann"}]} | remote | emits nothing | conflicts value /name/0/family
13 the lone pair in a lone pair | {"c":[{"r":"x","s":1,"t":[{"u":"home","v":"1","w":1}]}]} | replace /c/0/t/0/w 2
    | {"c":[{"r":"x","s":1,"t":[{"u":"home","v":"2","w":1}]}]} | {"c":[{"r":"x","s":1,"t":[{"u":"home","v":"2","w":2}]}]} | emits the same
`);
