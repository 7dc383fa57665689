import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/** Rows 17 to 24: what moves, what is copied, what is tested. */
export const moveCases: readonly RebaseCase[] = readCases(String.raw`
17 edited / moved | [{"id":1,"v":1},{"id":2,"v":1},{"id":3,"v":1},{"id":4,"v":1}] | replace /0/v 2
    | [{"id":2,"v":1},{"id":3,"v":1},{"id":1,"v":1},{"id":4,"v":1}] | [{"id":2,"v":1},{"id":3,"v":1},{"id":1,"v":2},{"id":4,"v":1}]
    | emits replace /2/v 2
17 edited / moved and edited elsewhere inside | [{"id":1,"v":1,"w":1},{"id":2,"v":1},{"id":3,"v":1}] | replace /0/v 2
    | [{"id":2,"v":1},{"id":3,"v":1},{"id":1,"v":1,"w":2}] | [{"id":2,"v":1},{"id":3,"v":1},{"id":1,"v":2,"w":2}]
17 moved / edited | [{"id":1,"v":1},{"id":2,"v":1},{"id":3,"v":1}] | move /0 /2 | [{"id":1,"v":2},{"id":2,"v":1},{"id":3,"v":1}]
    | [{"id":2,"v":1},{"id":3,"v":1},{"id":1,"v":2}] | emits the same
17 moved and edited / edited | [{"id":1,"v":1,"w":1},{"id":2,"v":1},{"id":3,"v":1}] | move /0 /2; replace /2/v 2
    | [{"id":1,"v":1,"w":2},{"id":2,"v":1},{"id":3,"v":1}] | [{"id":2,"v":1},{"id":3,"v":1},{"id":1,"v":2,"w":2}] | emits the same
17 a scalar moved / one inserted | ["a","b","c"] | move /0 /2 | ["n","a","b","c"] | ["n","b","c","a"] | emits move /1 /3
17 from list to list / edited | {"todo":[{"id":1,"v":1},{"id":2,"v":1}],"done":[{"id":9,"v":1}]} | move /todo/0 /done/0
    | {"todo":[{"id":1,"v":2},{"id":2,"v":1}],"done":[{"id":9,"v":1}]}
    | {"todo":[{"id":2,"v":1}],"done":[{"id":1,"v":2},{"id":9,"v":1}]} | emits the same
17 from list to list / both lists grew | {"todo":[{"id":1,"v":1},{"id":2,"v":1}],"done":[{"id":9,"v":1}]} | move /todo/1 /done/-
    | {"todo":[{"id":0,"v":1},{"id":1,"v":1},{"id":2,"v":1}],"done":[{"id":9,"v":1},{"id":10,"v":1}]}
    | {"todo":[{"id":0,"v":1},{"id":1,"v":1}],"done":[{"id":9,"v":1},{"id":10,"v":1},{"id":2,"v":1}]}
18 the same item, to two places | [{"id":1},{"id":2},{"id":3},{"id":4},{"id":5}] | move /0 /4
    | [{"id":2},{"id":3},{"id":1},{"id":4},{"id":5}] | remote | emits nothing | conflicts order /2 was /0
18 the same item, to two places, with a declared key | [{"k":1},{"k":2},{"k":3},{"k":4},{"k":5}] | move /4 /0
    | [{"k":1},{"k":2},{"k":5},{"k":3},{"k":4}] | remote | rules (root) list{"key":"k"} | emits nothing | conflicts order /2 was /4
18 the same item, to the same place | [{"id":1},{"id":2},{"id":3}] | move /0 /2 | [{"id":2},{"id":3},{"id":1},{"id":4}] | remote
    | emits nothing
18 and an edit inside it goes through | [{"id":1,"v":1},{"id":2},{"id":3},{"id":4},{"id":5}] | replace /0/v 2; move /0 /4
    | [{"id":2},{"id":3},{"id":1,"v":1},{"id":4},{"id":5}] | [{"id":2},{"id":3},{"id":1,"v":2},{"id":4},{"id":5}] | emits replace /2/v 2
    | conflicts order /2 was /0
19 different items | [{"id":1},{"id":2},{"id":3},{"id":4},{"id":5},{"id":6}] | move /0 /2
    | [{"id":6},{"id":1},{"id":2},{"id":3},{"id":4},{"id":5}] | [{"id":6},{"id":2},{"id":3},{"id":1},{"id":4},{"id":5}]
    | emits move /1 /3
19 different items, the other way | [{"id":1},{"id":2},{"id":3},{"id":4},{"id":5},{"id":6}] | move /5 /3
    | [{"id":2},{"id":1},{"id":3},{"id":4},{"id":5},{"id":6}] | [{"id":2},{"id":1},{"id":3},{"id":6},{"id":4},{"id":5}]
19 one moved / another removed | [{"id":1},{"id":2},{"id":3},{"id":4}] | move /0 /2 | [{"id":1},{"id":2},{"id":3}]
    | [{"id":2},{"id":3},{"id":1}] | emits the same
19 one removed / another moved | [{"id":1},{"id":2},{"id":3},{"id":4},{"id":5}] | remove /4
    | [{"id":2},{"id":3},{"id":1},{"id":4},{"id":5}] | [{"id":2},{"id":3},{"id":1},{"id":4}] | emits the same
20 a member renamed / edited inside | {"a":{"x":1}} | move /a /b | {"a":{"x":2}} | {"b":{"x":2}} | emits the same
20 a member renamed and edited / edited elsewhere inside | {"a":{"x":1,"y":1}} | move /a /b; replace /b/x 2 | {"a":{"x":1,"y":2}}
    | {"b":{"x":2,"y":2}} | emits the same
20 a member renamed and edited / the same edited | {"a":{"x":1}} | move /a /b; replace /b/x 2 | {"a":{"x":3}} | {"b":{"x":3}}
    | conflicts value * was /a/x | sides 1; 2; 3
20 a member of an item renamed / the item moved down | [{"id":1,"a":{"x":1}}] | move /0/a /0/b | [{"id":0},{"id":1,"a":{"x":2}}]
    | [{"id":0},{"id":1,"b":{"x":2}}] | emits move /1/a /1/b
20 a scalar renamed / replaced | {"a":1} | move /a /b | {"a":2} | {"b":2} | emits the same
20 taken out of its parent / edited inside | {"p":{"a":{"x":1}}} | move /p/a /a | {"p":{"a":{"x":2},"z":1}} | {"p":{"z":1},"a":{"x":2}}
    | emits the same
20 an item moved into another / the two change places | {"l":[{"id":1,"c":[]},{"id":2}]} | move /l/1 /l/0/c/0
    | {"l":[{"id":2},{"id":1,"c":[]}]} | {"l":[{"id":1,"c":[{"id":2}]}]}
21 edited inside / renamed | {"a":{"x":1,"y":"long enough to know"}} | replace /a/x 2 | {"b":{"x":1,"y":"long enough to know"}} | remote
    | emits nothing | conflicts modify-delete /a | message \/b\b|"b"
    | mirror {"a":{"x":2,"y":"long enough to know"},"b":{"x":1,"y":"long enough to know"}}
21 edited far inside / renamed | {"p":{"a":{"x":{"y":1},"z":"text"}}} | replace /p/a/x/y 2 | {"p":{"c":{"x":{"y":1},"z":"text"}}}
    | remote | conflicts modify-delete /p/a | message \/p\/c|"c"
    | mirror {"p":{"a":{"x":{"y":2},"z":"text"},"c":{"x":{"y":1},"z":"text"}}}
22 moved / its source removed | {"a":1,"c":1} | move /a /b | {"c":1} | remote | emits nothing | conflicts move /a
22 an item moved / removed | [{"id":1},{"id":2},{"id":3}] | move /0 /2 | [{"id":2},{"id":3}] | remote | emits nothing
    | conflicts move /0
22 an item moved / removed, at the would-be place | [{"id":1},{"id":2},{"id":3}] | move /2 /0 | [{"id":0},{"id":1},{"id":2}] | remote
    | emits nothing | conflicts move /3 was /2
22 removed / moved: removed | [{"id":1},{"id":2},{"id":3}] | remove /0 | [{"id":2},{"id":3},{"id":1}] | [{"id":2},{"id":3}]
    | emits remove /2 | no mirror
22 two moves to one place | {"a":1,"b":2} | move /a /c | {"a":1,"c":2} | remote | emits nothing | conflicts add-add /c
22 moved into a list / an equal item put there, too: it leaves its place | {"x":{"id":1,"v":1},"l":[]} | move /x /l/0
    | {"x":{"id":1,"v":1},"l":[{"id":1,"v":1}]} | {"l":[{"id":1,"v":1}]} | emits remove /x
22 moved into a list / another item of its key put there: the source stays | {"x":{"id":1,"v":1},"l":[]} | move /x /l/0
    | {"x":{"id":1,"v":1},"l":[{"id":1,"v":2}]} | remote | emits nothing | conflicts add-add /l/0
22 moved into a list / another item of its key put there, answered 'local' | {"x":{"id":1,"v":1},"l":[]} | move /x /l/0
    | {"x":{"id":1,"v":1},"l":[{"id":1,"v":2}]} | {"l":[{"id":1,"v":1}]} | answers /l/0 local
22 a cycle | {"a":{"x":1},"b":{"y":1}} | move /a /b/a | {"a":{"x":1,"b":{"y":1}}} | remote | emits nothing
    | conflicts move|modify-delete *
22 moved alike on both sides | {"a":{"x":1},"z":1} | move /a /b | {"b":{"x":1},"z":2} | remote | emits nothing
23 the source is as it was | {"a":{"x":1}} | copy /a /b | {"a":{"x":1},"z":1} | {"a":{"x":1},"b":{"x":1},"z":1} | emits the same
23 the source has changed | {"a":{"x":1}} | copy /a /b | {"a":{"x":2}} | {"a":{"x":2},"b":{"x":1}} | emits add /b {"x":1}
23 the source is gone | {"a":{"x":1}} | copy /a /b | {"z":1} | {"z":1,"b":{"x":1}} | emits add /b {"x":1}
23 in a list that grew | [{"v":1},{"v":2}] | copy /0 /2 | [{"v":0},{"v":1},{"v":2}] | [{"v":0},{"v":1},{"v":2},{"v":1}]
    | emits copy /1 /3
23 copied and edited / the source has changed | {"a":{"x":1,"y":1}} | copy /a /b; replace /b/x 5 | {"a":{"x":1,"y":2}}
    | {"a":{"x":1,"y":2},"b":{"x":5,"y":1}}
23 a source that local edited since / a list that remote appended to | {"l":["a"]} | copy /l /m; add /l/- "x" | {"l":["a","b"]}
    | {"l":["a","b","x"],"m":["a"]}
23 a source that local edited since / another kind there | {"o":{"a":1}} | copy /o /m; add /o/x 2 | {"o":1} | {"o":1,"m":{"a":1}}
    | conflicts type-change /o
23 onto what remote added | {"a":1} | copy /a /b | {"a":1,"b":2} | remote | emits nothing | conflicts add-add /b
24 still true: mapped and kept | {"l":[{"id":1},{"id":2,"v":1}]} | test /l/1/v 1; replace /l/1/v 2
    | {"l":[{"id":0},{"id":1},{"id":2,"v":1}]} | {"l":[{"id":0},{"id":1},{"id":2,"v":2}]} | emits test /l/2/v 1; replace /l/2/v 2
24 false now | {"a":1,"b":1} | test /a 1; replace /b 2 | {"a":2,"b":1} | remote | emits nothing | conflicts test-failed /a
24 its place is gone: the deepest ancestor left | {"a":{"x":{"y":1}},"b":1} | test /a/x/y 1; replace /b 2 | {"a":{},"b":1} | remote
    | emits nothing | conflicts test-failed /a was *
24 nothing but tests | {"a":1} | test /a 1 | {"a":1,"b":2} | remote | emits the same
24 nothing but a test, of an item that moved down | [{"id":1}] | test /0/id 1 | [{"id":0},{"id":1}] | remote | emits test /1/id 1
24 nothing but a test, false now | {"a":1} | test /a 1 | {"a":2} | remote | emits nothing | conflicts test-failed /a
24 of what the patch itself wrote | {"a":1} | replace /a 2; test /a 2 | {"a":1,"b":1} | {"a":2,"b":1} | emits the same
24 of what the patch itself wrote, in an item that moved down | {"l":[{"id":1}]} | add /l/0/x 5; test /l/0/x 5 | {"l":<2 1>}
    | {"l":[{"id":2},{"id":1,"x":5}]} | emits add /l/1/x 5; test /l/1/x 5
24 of an item that the patch itself put in, behind others | {"l":["a"]} | add /l/1 {"x":5}; test /l/1/x 5 | {"l":["b","c","a"]}
    | {"l":["b","c","a",{"x":5}]} | emits add /l/3 {"x":5}; test /l/3/x 5
24 answered: the test is dropped, the rest is made | {"a":1,"b":1} | test /a 1; replace /b 2 | {"a":2,"b":1} | {"a":2,"b":2}
    | answers /a local | emits replace /b 2 | settled /a resolver local
24 answered with remote: the same | {"a":1,"b":1} | test /a 1; replace /b 2 | {"a":2,"b":1} | {"a":2,"b":2} | answers /a remote
    | emits replace /b 2 | settled /a resolver remote
22 into what is of another kind now: nothing is taken out | {"m":"x","l":[]} | move /m /l/0 | {"m":"x","l":"r"} | remote
    | emits nothing | conflicts type-change|move /l
22 into what remote removed: nothing is taken out | {"m":"x","o":{"y":1}} | move /m /o/m | {"m":"x"} | remote | emits nothing
    | conflicts modify-delete|move *
22 into what the patch itself put where remote removed: nothing is taken out | {"o":[],"m":"x"} | replace /o {"n":1}; move /m /o/m
    | {"m":"x"} | remote | emits nothing | conflicts modify-delete *
22 into an item that remote removed: nothing is taken out | {"l":[{"id":1},{"id":2}],"m":"x"} | move /m /l/0/m | {"l":[{"id":2}],"m":"x"}
    | remote | emits nothing | conflicts modify-delete|move *
22 renamed and set, remote set it: one conflict, and one of it | {"a":0,"z":1} | move /a /b; replace /b 5 | {"a":6,"z":1} | {"b":6,"z":1}
    | conflicts value * was /a
20 replaced and renamed / edited inside: not overwritten | {"a":{"in":[]}} | replace /a {"m":1}; move /a /b | {"a":{"in":["r"]}} | ?
    | conflicts delete-modify|value|type-change|move *
22 moved into the place of the list it stood in, which remote left alone | {"v":[{"a":1},{"b":2}],"z":1} | move /v/1 /v
    | {"v":[{"a":1},{"b":2}],"z":2} | {"v":{"b":2},"z":2} | emits the same | no mirror
22 moved into the place of the member it stood in, which remote left alone | {"v":{"a":{"a":1}},"z":1} | move /v/a /v | {"v":{"a":{"a":1}},"z":2}
    | {"v":{"a":1},"z":2} | emits the same | no mirror
22 moved into a new item of a list that local replaced and remote changed | {"l":["a","b","c"],"r":7}
    | replace /l [{"n":1},{"n":2}]; move /r /l/1/f | {"l":["a","x","c"],"r":7} | {"l":["x",{"n":1},{"n":2,"f":7}]}
    | conflicts ambiguous-array * was * | no mirror
22 moved out of the way of another, into what stands there | {"a":{"l":[1,2]},"b":3} | move /a/l /c; move /b /a/l | {"a":{"l":[1,2,4]},"b":3}
    | {"a":{"l":3},"c":[1,2,4]} | emits the same | no mirror
22 emptied and replaced / the place moved to is gone: the replacement waits | {"a":{"x":1,"y":2},"t":{}} | move /a/x /t/x; replace /a 5
    | {"a":{"x":1,"y":2}} | remote | emits nothing | conflicts modify-delete /t
22 emptied and replaced / the place moved to is taken, answered 'remote': then the replacement is asked of | {"a":{"x":1},"t":{}}
    | move /a/x /t/x; replace /a 5 | {"a":{"x":1},"t":{"x":9}} | remote | answers /t/x remote | emits nothing | conflicts value /a
    | sides {"x":1}; 5; {"x":1}
22 the same, and that answered 'local' | {"a":{"x":1},"t":{}} | move /a/x /t/x; replace /a 5 | {"a":{"x":1},"t":{"x":9}}
    | {"a":5,"t":{"x":9}} | answers /t/x remote; /a local | emits replace /a 5
22 the same, and that answered 'remote' | {"a":{"x":1},"t":{}} | move /a/x /t/x; replace /a 5 | {"a":{"x":1},"t":{"x":9}} | remote
    | answers /t/x remote; /a remote | emits nothing
22 the same by removal and addition, answered with a value | {"a":{"x":1},"t":{}} | move /a/x /t/x; remove /a; add /a 5
    | {"a":{"x":1},"t":{"x":9}} | {"a":7,"t":{"x":9}} | answers /t/x remote; /a 7
22 emptied and removed / the place moved to is gone, answered 'remote': nothing is removed | {"a":{"x":1,"y":1},"t":{}}
    | move /a/x /t/x; remove /a | {"a":{"x":1,"y":1}} | remote | answers /t remote | emits nothing
22 emptied and removed / edited, and the place moved to is gone, each answered its own way: removed | {"a":{"x":1,"y":1},"t":{}}
    | move /a/x /t/x; remove /a | {"a":{"x":1,"y":2}} | {} | answers /t remote; /a local
22 renamed, and another put there / the new name is taken, answered 'remote' | {"a":1} | move /a /b; add /a 5 | {"a":1,"b":9} | remote
    | answers /b remote | emits nothing | conflicts value /a
22 renamed, and another renamed to that / the new name is taken, answered 'remote' | {"a":1,"c":2} | move /a /b; move /c /a
    | {"a":1,"b":9,"c":2} | remote | answers /b remote | emits nothing | conflicts value /a
22 the same, and that answered 'local' | {"a":1,"c":2} | move /a /b; move /c /a | {"a":1,"b":9,"c":2} | {"a":2,"b":9}
    | answers /b remote; /a local
22 a list edited as a whole and moved out of / the place moved to is gone: item by item, and what was moved stays
    | {"c":[{"id":1,"l":[]},{"id":3,"l":<4 6>}]} | replace /c/1/l [{"id":6},{"id":4,"e":1}]; move /c/1/l/0 /c/0/l/0
    | {"c":[{"id":3,"l":<4 6>}]} | {"c":[{"id":3,"l":[{"id":4,"e":1},{"id":6}]}]} | conflicts modify-delete /c/0 | no mirror
22 a list without keys moved out of and replaced / the place moved to is gone | {"l":[1,2,3],"t":{}} | move /l/1 /t/x; replace /l [7,8,9]
    | {"l":[1,2,3]} | {"l":[7,8,2,9]} | conflicts modify-delete /t
22 moved out of what is replaced by one with an equal member / edited beside it | {"a":{"x":1,"y":2},"t":{}}
    | move /a/x /t/x; replace /a {"x":1,"n":3} | {"a":{"x":1,"y":5},"t":{}} | {"a":{"x":1,"y":5,"n":3},"t":{"x":1}}
    | conflicts delete-modify /a/y
22 moved out of what is replaced by one with another such member / that edited: it is edited where it went | {"a":{"x":1},"t":{}}
    | move /a/x /t/x; replace /a {"x":8} | {"a":{"x":7},"t":{}} | {"a":{"x":8},"t":{"x":7}}
22 moved out of a list that was removed / it is another one there, as far as one can tell: the removal waits
    | {"a":{},"l":[["p","q"],[1,2,3]]} | move /l/0 /a/x; remove /l | {"a":{},"l":[["p"],[1,3]]} | remote | emits nothing
    | conflicts ambiguous-array /l/0
18 from list to list without keys, on both sides: told, since nothing tells that it is the same | {"l":["a","b"],"m":["c","d"]}
    | move /l/0 /m/0 | {"l":["b"],"m":["c","d","a"]} | remote | emits nothing | conflicts move /l/0
18 the same, answered 'local': there once, where local has it | {"l":["a","b"],"m":["c","d"]} | move /l/0 /m/0
    | {"l":["b"],"m":["c","d","a"]} | {"l":["b"],"m":["a","c","d"]} | answers /l/0 local | emits move /m/2 /m/0
18 the same of objects, put beside what remote changed | {"l":[{"v":1},{"v":2}],"m":[{"v":3}]} | move /l/0 /m/0; add /m/1/x 1
    | {"l":[{"v":2}],"m":[{"v":1},{"v":3}]} | {"l":[{"v":2}],"m":[{"v":1},{"v":3,"x":1}]} | answers /l/0 local | emits add /m/1/x 1
18 a list answered 'local': what was moved within what remote had carried out of it is there once
    | ["s",[{"id":1,"l":[{"id":2,"v":1},{"id":3,"v":1}]},{"id":4}],["e"]] | add /1/0/l/2 "n"; move /1/0/l/0 /1/1/c
    | [[{"id":1,"l":[{"id":2,"v":9},{"id":3,"v":1}]},{"id":4}],["e"]]
    | ["s",[{"id":1,"l":[{"id":3,"v":1},"n"]},{"id":4,"c":{"id":2,"v":1}}],["e"]] | answers (root) local
    | emits replace (root) ["s",[{"id":1,"l":[{"id":3,"v":1},"n"]},{"id":4,"c":{"id":2,"v":1}}],["e"]]
22 emptied, removed and added anew / the place moved to is taken | {"a":{"x":1},"t":{}} | move /a/x /t/x; remove /a; add /a 5
    | {"a":{"x":1},"t":{"x":9}} | remote | emits nothing | conflicts add-add /t/x
22 emptied and replaced by what was moved there / the place moved to is taken | {"a":{"x":1},"b":2,"t":{}} | move /a/x /t/x; move /b /a
    | {"a":{"x":1},"b":2,"t":{"x":9}} | remote | emits nothing | conflicts add-add /t/x; move /b
22 a list that was moved out of and replaced / the place moved to is taken | {"l":[{"x":1},2],"t":{}} | move /l/0 /t/x; replace /l [5]
    | {"l":[{"x":1},2,3],"t":{"x":9}} | {"l":[{"x":1},3,5],"t":{"x":9}} | conflicts add-add /t/x
22 emptied, its own replaced, and all of it removed / the place moved to is taken | {"a":{"b":{"x":1}},"t":{}}
    | move /a/b/x /t/x; replace /a/b 5; remove /a | {"a":{"b":{"x":1}},"t":{"x":9}} | remote | emits nothing | conflicts add-add /t/x
22 moved out of what is replaced by another object / edited: it is edited where it went | {"a":{"x":1,"y":2},"t":{}}
    | move /a/x /t/x; replace /a {"n":1} | {"a":{"x":7,"y":2},"t":{},"z":1} | {"a":{"n":1},"t":{"x":7},"z":1}
`);
