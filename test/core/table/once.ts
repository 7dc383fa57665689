import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/**
 * One disagreement is told once, at the topmost node; an answer belongs to one conflict. What local vacated is free; what has landed or
 * changes nothing is no conflict and is not sent again; counters count below a whole.
 */
export const onceCases: readonly RebaseCase[] = readCases(`
22 moved into what remote removed: told once | {"r":1,"s":{"b":{}}} | move /r /s/b/n | {"r":1} | remote | emits nothing
    | conflicts modify-delete|move /s
22 moved into what remote removed, answered 'local' | {"r":1,"s":{"b":{}}} | move /r /s/b/n | {"r":1} | {"s":{"b":{"n":1}}} | answers /s local
22 moved into what remote removed, answered 'remote' | {"r":1,"s":{"b":{}}} | move /r /s/b/n | {"r":1} | remote | answers /s remote
    | emits nothing
22 moved into what remote removed, beside an edit in it: told once | {"r":1,"s":{"b":{},"c":1}} | move /r /s/b/n; replace /s/c 2 | {"r":1} | remote
    | emits nothing | conflicts modify-delete|move /s
22 moved into an item that remote removed: told once | {"r":1,"l":[{"id":1},{"id":2,"o":{}}]} | move /r /l/1/o/n | {"r":1,"l":<1>} | remote
    | emits nothing | conflicts modify-delete|move /l/1
22 moved and edited / removed: told once | {"l":<1 2 3>} | add /l/0/v 1; move /l/0 /l/2 | {"l":<2 3>} | remote | emits nothing
    | conflicts modify-delete|move /l/0
22 carried, edited / removed: told once | {"a":[{"id":1,"v":1}],"b":[]} | replace /a/0/v 2; move /a/0 /b/0 | {"a":[],"b":[]} | remote
    | emits nothing | conflicts modify-delete|move /a/0
22 renamed and edited / removed: told once | {"a":{"x":1},"z":1} | move /a /b; replace /b/x 2 | {"z":1} | remote | emits nothing
    | conflicts modify-delete|move /a
3 edits in two items of a list that remote removed: told once | {"l":[{"id":1,"v":1},{"id":2,"v":1}],"z":1}
    | replace /l/0/v 2; replace /l/1/v 2; remove /l/0 | {"z":1} | remote | emits nothing | conflicts modify-delete /l
4 an answer to an edit is none to the removal of its neighbour
    | {"l":[{"id":1,"v":0},{"id":2,"v":0},{"id":3,"v":0}]} | replace /l/1/v "L"; remove /l/2 | {"l":[{"id":1,"v":0},{"id":3,"v":"Bob"}]}
    | {"l":[{"id":1,"v":0},{"id":2,"v":"L"},{"id":3,"v":"Bob"}]} | answers /l/1 local | conflicts delete-modify * was /l/2
    | settled /l/1 resolver local
4 and the other way round | {"l":[{"id":1,"v":0},{"id":2,"v":0},{"id":3,"v":0}]} | replace /l/1/v "L"; remove /l/2
    | {"l":[{"id":1,"v":0},{"id":3,"v":"Bob"}]} | {"l":[{"id":1,"v":0}]} | answers /l/2 local | conflicts modify-delete * was /l/1
    | settled /l/1 resolver local
4 and both | {"l":[{"id":1,"v":0},{"id":2,"v":0},{"id":3,"v":0}]} | replace /l/1/v "L"; remove /l/2 | {"l":[{"id":1,"v":0},{"id":3,"v":"Bob"}]}
    | {"l":[{"id":1,"v":0},{"id":2,"v":"L"}]} | answers /l/1 local; /l/2 local
2 an answer by a place in base that is another's place in remote | [{"id":1,"v":1},{"id":2,"v":1}] | replace /0/v 2; replace /1/v 2
    | [{"id":0,"v":1},{"id":1,"v":3},{"id":2,"v":3}] | [{"id":0,"v":1},{"id":1,"v":3},{"id":2,"v":2}] | answers /1/v local
    | conflicts value /1/v was /0/v | settled /2/v resolver local
2 an answer by a place in remote that is nobody's in base | [{"id":1,"v":1},{"id":2,"v":1}] | replace /0/v 2; replace /1/v 2
    | [{"id":0,"v":1},{"id":1,"v":3},{"id":2,"v":3}] | [{"id":0,"v":1},{"id":1,"v":3},{"id":2,"v":2}] | answers /2/v local
    | conflicts value /1/v was /0/v
2 the same one deeper | {"o":{"l":[{"id":1,"v":1},{"id":2,"v":1}]}} | replace /o/l/0/v 2; replace /o/l/1/v 2
    | {"o":{"l":[{"id":0,"v":1},{"id":1,"v":3},{"id":2,"v":3}]}} | {"o":{"l":[{"id":0,"v":1},{"id":1,"v":3},{"id":2,"v":2}]}}
    | answers /o/l/1/v local | conflicts value /o/l/1/v was /o/l/0/v
20 a swap by way of a third name / one replaced | {"a":1,"b":2} | move /a /t; move /b /a; move /t /b | {"a":1,"b":5} | {"a":5,"b":1}
20 a swap by way of a third name / the other replaced | {"a":1,"b":2} | move /a /t; move /b /a; move /t /b | {"a":7,"b":2} | {"a":2,"b":7}
20 a swap by way of a third name / both replaced | {"a":1,"b":2} | move /a /t; move /b /a; move /t /b | {"a":7,"b":5} | {"a":5,"b":7}
20 a swap by way of a third name / beside it | {"a":1,"b":2} | move /a /t; move /b /a; move /t /b | {"a":1,"b":2,"z":1} | {"a":2,"b":1,"z":1}
    | emits the same
20 a swap of objects / both edited inside | {"a":{"x":1},"b":{"y":1}} | move /a /t; move /b /a; move /t /b | {"a":{"x":2},"b":{"y":2}}
    | {"a":{"y":2},"b":{"x":2}}
20 a swap in an item that moved down | [{"id":1,"a":1,"b":2}] | move /0/a /0/t; move /0/b /0/a; move /0/t /0/b | [{"id":0},{"id":1,"a":1,"b":5}]
    | [{"id":0},{"id":1,"a":5,"b":1}]
20 three that change places in a ring / one replaced | {"a":1,"b":2,"c":3} | move /a /t; move /b /a; move /c /b; move /t /c | {"a":1,"b":2,"c":9}
    | {"a":2,"b":9,"c":1}
20 a swap that remote made alike | {"a":1,"b":2} | move /a /t; move /b /a; move /t /b | {"a":2,"b":1,"z":1} | remote | emits nothing
20 moved away and replaced by another, which remote edited | {"a":{"x":1},"b":{"y":1}} | remove /a; move /b /a | {"a":{"x":1},"b":{"y":2}}
    | {"a":{"y":2}}
20 replaced by the same, then moved into / the moved one edited | {"g":{"k":{}},"x":{"v":1}} | replace /g {"k":{}}; move /x /g/k/x
    | {"g":{"k":{}},"x":{"v":2}} | {"g":{"k":{"x":{"v":2}}}}
20 replaced by another, then moved into / the moved one edited | {"g":{"k":{}},"x":{"v":1}} | replace /g {"k":{},"m":1}; move /x /g/k/x
    | {"g":{"k":{}},"x":{"v":2}} | {"g":{"k":{"x":{"v":2}},"m":1}}
20 replaced by another, then moved into / both edited | {"g":{"k":{}},"x":{"v":1}} | replace /g {"k":{},"m":1}; move /x /g/k/x
    | {"g":{"k":{},"r":1},"x":{"v":2}} | {"g":{"k":{"x":{"v":2}},"m":1,"r":1}}
20 a list replaced, then moved into / the moved one edited | {"l":<1>,"x":{"id":7,"v":1}} | replace /l []; move /x /l/0
    | {"l":<1>,"x":{"id":7,"v":2}} | {"l":[{"id":7,"v":2}]}
20 an item replaced, then moved into / something in front | [["b"],["c"]] | replace /0/0 {"m":1}; move /1/0 /0/0/f | [8,["b"],["c"]]
    | [8,[{"m":1,"f":"c"}],[]] | no mirror
20 an item of an item replaced, then moved into / an item in front | {"a":[{"id":1,"o":["b"]},{"id":2,"c":"c"}]}
    | replace /a/0/o/0 {"m":1}; move /a/1/c /a/0/o/0/f | {"a":[{"id":0},{"id":1,"o":["b"]},{"id":2,"c":"c"}]}
    | {"a":[{"id":0},{"id":1,"o":[{"m":1,"f":"c"}]},{"id":2}]}
27 remote made a replace and an append, too | {"l":[{"n":1}],"z":1} | replace /l/0 {"n":2}; add /l/- {"n":3} | {"l":[{"n":2},{"n":3}],"z":2} | remote
    | emits nothing
27 remote made a replace and an append of scalars, too | {"l":["s"],"z":1} | replace /l/0 "t"; add /l/- "u" | {"l":["t","u"],"z":2} | remote
    | emits nothing
27 remote made it all in rows, and shows members in another order | {"l":[{"n":1,"m":1}],"z":1} | replace /l/0/n 2; add /l/- {"n":3,"m":3}
    | {"l":[{"m":1,"n":2},{"m":3,"n":3}],"z":2} | remote | emits nothing
27 remote made it all, one deeper | {"o":[{"id":1,"l":["s"]}]} | replace /o/0/l/0 "t"; add /o/0/l/- "u" | {"o":[{"id":0},{"id":1,"l":["t","u"]}]} | remote
    | emits nothing
27 remote put in what local replaced and appended, and kept what was to be replaced: that is not there | ["a","b"]
    | replace /0 "w"; add /- "c" | ["w","a","b","c"] | ["w","w","b","c"] | emits replace /1 "w" | no mirror
27 replaced here / gone there, and our value put elsewhere | [1,2] | replace /1 9 | [9,1] | remote | emits nothing | no mirror | not as value
27 a move onto its own place is not sent again once the rest has landed | {"l":<1 2>,"a":1} | move /l/0 /l/0; replace /a 2 | {"l":<1 2>,"a":2,"z":1}
    | remote | emits nothing
27 a pair that takes itself back is not sent again once the rest has landed | {"a":1} | add /t 1; remove /t; replace /a 2 | {"a":2,"z":1} | remote
    | emits nothing
27 there and back is not sent again once the rest has landed | {"l":<1 2>,"a":1} | move /l/0 /l/1; move /l/1 /l/0; replace /a 2
    | {"l":<1 2>,"a":2,"z":1} | remote | emits nothing
28 a move onto its own place where remote is base | {"l":<1 2>} | move /l/0 /l/0 | {"l":<1 2>} | remote | emits the same
28 a pair that takes itself back where remote is base | {"a":1} | add /t 1; remove /t | {"a":1} | remote | emits the same
28 a pair that takes itself back in a list where remote is base | {"l":[]} | add /l/0 1; remove /l/0 | {"l":[]} | remote | emits the same
28 added to a list and moved on where remote is base | {"l":[1]} | add /l/0 2; move /l/0 /b | {"l":[1]} | {"l":[1],"b":2} | emits the same
28 members in another order are base | {"a":{"x":1,"y":1}} | replace /a/x 1; move /a/y /a/y | {"a":{"y":1,"x":1}} | remote | emits the same
1 a counter below a whole that both replaced alike: both count | {"o":{"n":0,"k":1}} | replace /o {"n":1,"k":2} | {"o":{"n":1,"k":2}}
    | {"o":{"n":2,"k":2}} | rules /o/n counter | emits replace /o/n 2
1 a counter below a whole that both replaced alike, far inside | {"o":{"p":{"n":5},"k":1}} | replace /o {"p":{"n":6},"k":2}
    | {"o":{"p":{"n":6},"k":2},"z":1} | {"o":{"p":{"n":7},"k":2},"z":1} | rules /o/p/n counter
1 a counter below a whole that both replaced, to other numbers | {"o":{"n":5,"k":1}} | replace /o {"n":6,"k":2} | {"o":{"n":8,"k":2},"z":1}
    | {"o":{"n":9,"k":2},"z":1} | rules /o/n counter
1 a counter below a whole that both replaced, another member in conflict | {"o":{"n":5,"k":1}} | replace /o {"n":6,"k":2} | {"o":{"n":8,"k":3}}
    | {"o":{"n":9,"k":3}} | rules /o/n counter | conflicts value /o/k
1 counters in items below a list that both replaced alike | {"l":[{"id":1,"n":0,"k":1},{"id":2,"n":0,"k":1}]}
    | replace /l [{"id":1,"n":1,"k":2},{"id":2,"n":0,"k":1}] | {"l":[{"id":1,"n":1,"k":2},{"id":2,"n":0,"k":1}],"z":1}
    | {"l":[{"id":1,"n":2,"k":2},{"id":2,"n":0,"k":1}],"z":1} | rules /l/*/n counter
1 a counter below a whole that both replaced alike, in doubt: counted already | {"o":{"n":0,"k":1}} | replace /o {"n":1,"k":2} | {"o":{"n":1,"k":2},"z":1}
    | remote | rules /o/n counter | in doubt | emits nothing | landed yes
9 a counter that both added, with equal values | {"a":1} | add /n 1 | {"a":1,"n":1} | remote | rules /n counter | conflicts add-add /n
9 a counter in objects that both added, under { rule: merge } | {"a":1} | add /o {"n":1,"p":1} | {"a":1,"o":{"n":1,"q":1}} | ?
    | rules /o merge; /o/n counter | conflicts add-add /o/n
3 set to what it is / removed | {"a":{"x":1},"z":1} | replace /a/x 1 | {"z":1} | remote | emits nothing
3 a whole set to what it is / edited | {"a":{"x":1}} | replace /a {"x":1} | {"a":{"x":2}} | remote | emits nothing
16 an item's member set to what it is / the item removed | [{"id":1,"v":1},{"id":2,"v":1}] | replace /0/v 1 | [{"id":2,"v":1}] | remote
    | emits nothing
16 an item moved onto its own place / removed | [{"id":1,"v":1},{"id":2,"v":1}] | move /0 /0 | [{"id":2,"v":1}] | remote | emits nothing
16 an item moved there and back / removed | <1 2 3> | move /0 /2; move /2 /0 | <2 3> | remote | emits nothing
16 an item taken out and put back as it was / removed | [{"id":1,"v":1},{"id":2,"v":1}] | remove /0; add /0 {"id":1,"v":1} | [{"id":2,"v":1}] | remote
    | emits nothing | no mirror | not as value
7 set to what it is / of another kind | {"a":{"x":1}} | replace /a/x 1 | {"a":[1]} | remote | emits nothing
29 'local' everywhere, and rows without keys that both moved: nothing is doubled | {"l":["a","b","c","d"]} | move /l/0 /l/3
    | {"l":["b","c","a","d"]} | {"l":["b","c","d","a"]} | rules /** local
29 'local' everywhere, and objects without keys that both moved | {"l":[{"n":1},{"n":2},{"n":3},{"n":4}]} | move /l/0 /l/3
    | {"l":[{"n":2},{"n":3},{"n":1},{"n":4}]} | {"l":[{"n":2},{"n":3},{"n":4},{"n":1}]} | rules /** local
29 'local' everywhere, one moved here, removed and put elsewhere there | {"l":["a","b","c"],"m":[]} | move /l/0 /l/2
    | {"l":["b","c"],"m":["a"]} | {"l":["b","c","a"],"m":["a"]} | rules /** local
29 'local' everywhere, a list settled whole into which something was moved | [["a"],[{"k":1}]] | move /0/0 /1/1 | [["a"],["r","s"]] | ?
    | rules /** local
29 'local' everywhere, and something moved into a list that is settled whole | [[1],[2,3]] | move /1 /0/- | [[],[2,3]] | ? | rules /** local
29 text(): a date is one thing | {"s":"due 2026-01-05 at noon"} | replace /s "due 2026-01-06 at noon" | {"s":"due 2026-02-05 at noon"} | remote
    | rules /s text | emits nothing | conflicts value /s
29 text(): an amount is one thing | {"s":"costs 10.50 today"} | replace /s "costs 10.75 today" | {"s":"costs 11.50 today"} | remote
    | rules /s text | emits nothing | conflicts value /s
29 text(): a time is one thing | {"s":"at 12:30 sharp"} | replace /s "at 12:45 sharp" | {"s":"at 13:30 sharp"} | remote
    | rules /s text | emits nothing | conflicts value /s
29 text(): a number at the end of a sentence | {"s":"It costs 10. Buy it."} | replace /s "It costs 12. Buy it." | {"s":"It costs 10! Buy it."}
    | {"s":"It costs 12! Buy it."} | rules /s text
29 text(): a date here, another word there | {"s":"due 2026-01-05 at noon"} | replace /s "due 2026-01-06 at noon" | {"s":"due 2026-01-05 at dusk"}
    | {"s":"due 2026-01-06 at dusk"} | rules /s text
13 inferred from _key | [{"_key":"a","v":1},{"_key":"b","v":1}] | replace /0/v 2 | [{"_key":"c","v":1},{"_key":"a","v":1},{"_key":"b","v":3}]
    | [{"_key":"c","v":1},{"_key":"a","v":2},{"_key":"b","v":3}] | emits replace /1/v 2
13 inferred from _key before key | [{"_key":"a","key":1,"v":1},{"_key":"b","key":2,"v":1}] | replace /0/v 2
    | [{"_key":"b","key":1,"v":1},{"_key":"a","key":2,"v":1}] | [{"_key":"b","key":1,"v":1},{"_key":"a","key":2,"v":2}]
    | emits replace /1/v 2 | no mirror
`);
