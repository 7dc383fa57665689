import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/**
 * Row 27 with `inDoubt`: one telling operation decides for all, silence is silence, contradiction is `unknown`. What is not known to have
 * landed is sent; what is known to have is never sent twice.
 */
export const doubtCases: readonly RebaseCase[] = readCases(`
27 in doubt, a rename that remote does not show | {"a":1,"b":1} | move /a /c | {"a":1,"b":2} | {"b":2,"c":1} | in doubt | emits the same
    | landed no
27 in doubt, a rename that remote shows | {"a":1,"b":1} | move /a /c | {"c":1,"b":2} | remote | in doubt | emits nothing | landed yes
27 in doubt, a rename of an object that remote edited since: not shown at the target, so not landed | {"a":{"x":1},"b":1} | move /a /c
    | {"a":{"x":2},"b":1} | {"b":1,"c":{"x":2}} | in doubt | emits the same | landed no; unknown
27 in doubt, a rename below an item, not shown | [{"id":1,"a":1},{"id":2}] | move /0/a /0/c | [{"id":0},{"id":1,"a":1},{"id":2}]
    | [{"id":0},{"id":1,"c":1},{"id":2}] | in doubt | emits move /1/a /1/c | landed no
27 in doubt, a rename below an item, shown | [{"id":1,"a":1},{"id":2}] | move /0/a /0/c | [{"id":0},{"id":1,"c":1},{"id":2}] | remote
    | in doubt | emits nothing | landed yes
27 in doubt, a rename whose source is gone and whose target is empty says nothing | {"a":1,"b":1} | move /a /c | {"b":1} | remote | in doubt
    | emits nothing | conflicts move /a | landed unknown
27 in doubt, renamed and set: shown | {"a":{"x":1},"b":1} | move /a /c; replace /c/x 2 | {"c":{"x":2},"b":2} | remote | in doubt
    | emits nothing | landed yes
27 in doubt, renamed and set: not shown | {"a":{"x":1},"b":1} | move /a /c; replace /c/x 2 | {"a":{"x":1},"b":2} | {"c":{"x":2},"b":2}
    | in doubt | emits the same | landed no
27 in doubt, a card in its old column | {"todo":[{"id":1,"v":1}],"done":[],"n":1} | move /todo/0 /done/0
    | {"todo":[{"id":1,"v":1}],"done":[],"n":2} | {"todo":[],"done":[{"id":1,"v":1}],"n":2} | in doubt | emits the same | landed no
27 in doubt, a card in its new column | {"todo":[{"id":1,"v":1}],"done":[],"n":1} | move /todo/0 /done/0
    | {"todo":[],"done":[{"id":1,"v":1}],"n":2} | remote | in doubt | emits nothing | landed yes
27 in doubt, a card in its old column, of columns that moved down
    | {"cols":[{"id":"t","cards":[{"id":1,"v":1}]},{"id":"d","cards":[]}]} | move /cols/0/cards/0 /cols/1/cards/0
    | {"cols":[{"id":"n","cards":[]},{"id":"t","cards":[{"id":1,"v":1}]},{"id":"d","cards":[]}]}
    | {"cols":[{"id":"n","cards":[]},{"id":"t","cards":[]},{"id":"d","cards":[{"id":1,"v":1}]}]} | in doubt
    | emits move /cols/1/cards/0 /cols/2/cards/0 | landed no
27 in doubt, a card in its new column, behind one that came since
    | {"cols":[{"id":"t","cards":[{"id":1,"v":1}]},{"id":"d","cards":[]}]} | move /cols/0/cards/0 /cols/1/cards/0
    | {"cols":[{"id":"t","cards":[]},{"id":"d","cards":[{"id":9,"v":1},{"id":1,"v":1}]}]} | remote | in doubt | emits nothing | landed yes
27 in doubt, an order that remote shows is a yes: the counter is counted already | {"i":<1 2>,"v":0} | move /i/1 /i/0; replace /v 1
    | {"i":<2 1>,"v":1} | remote | rules /v counter | in doubt | emits nothing | landed yes
27 in doubt, an order that remote shows beside an insert | {"i":<1 2>,"v":0} | move /i/1 /i/0; replace /v 1
    | {"i":<n 2 1>,"v":1} | remote | rules /v counter | in doubt | emits nothing | landed yes
27 in doubt, an order that stands as in base is a no: both count | {"i":<1 2>,"v":0} | move /i/1 /i/0; replace /v 1
    | {"i":<1 2 n>,"v":1} | {"i":<2 1 n>,"v":2} | rules /v counter | in doubt | landed no
27 in doubt, an order under a declared key, shown | {"i":[{"k":1},{"k":2}],"v":0} | move /i/1 /i/0; replace /v 1
    | {"i":[{"k":2},{"k":1}],"v":1} | remote | rules /i list{"key":"k"}; /v counter | in doubt | emits nothing | landed yes
27 in doubt, an order without keys, shown | {"i":["a","b"],"v":0} | move /i/1 /i/0; replace /v 1 | {"i":["b","a"],"v":1,"z":1} | remote
    | rules /v counter | in doubt | emits nothing | landed yes
27 in doubt, an order shown and a member as in base contradict each other | {"i":<1 2>,"a":1} | move /i/1 /i/0; replace /a 2
    | {"i":<2 1>,"a":1} | {"i":<2 1>,"a":2} | in doubt | landed unknown
27 in doubt, a move within a list, not shown | <1 2 3> | move /0 /2 | <0 1 2 3> | <0 2 3 1> | in doubt | emits move /1 /3 | landed no
27 in doubt, a move within a list, shown | <1 2 3> | move /0 /2 | <0 2 3 1> | remote | in doubt | emits nothing | landed yes
27 in doubt, equal neighbours that change places tell nothing | {"l":["q","q"],"a":1} | move /l/0 /l/1; replace /a 2 | {"l":["q","q"],"a":3}
    | remote | in doubt | emits nothing | conflicts value /a | landed unknown
27 in doubt, equal members that change places tell nothing | {"a":"q","b":"q","v":1} | move /a /t; move /b /a; move /t /b; replace /v 2
    | {"a":"q","b":"q","v":3} | remote | in doubt | emits nothing | conflicts value /v | landed unknown
27 in doubt, what the edit itself takes back tells nothing | {"x":1,"y":1} | copy /x /t; move /t /x; replace /y 2 | {"x":1,"y":2,"z":1}
    | remote | in doubt | emits nothing | landed yes
27 in doubt, a rename that remote shows, of what counts there | {"n":5,"v":1} | move /n /m; replace /v 2 | {"m":5,"v":3} | remote
    | rules /m counter | in doubt | emits nothing | landed yes
27 in doubt, two members that contradict each other | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":2,"b":1} | {"a":2,"b":2} | in doubt
    | emits replace /b 2 | landed unknown
27 in doubt, a third value says nothing | {"a":1} | replace /a 2 | {"a":3} | remote | in doubt | emits nothing | conflicts value /a
    | landed unknown
27 in doubt, a removal shown | {"a":1,"b":1} | remove /a | {"b":2} | remote | in doubt | emits nothing | landed yes
27 in doubt, a removal not shown | {"a":1,"b":1} | remove /a | {"a":1,"b":2} | {"b":2} | in doubt | emits the same | landed no
27 in doubt, an item's removal not shown | <1 2 3> | remove /1 | <0 1 2 3> | <0 1 3> | in doubt | emits remove /2 | landed no
27 in doubt, a copy shown | {"a":1,"z":1} | copy /a /b | {"a":1,"b":1,"z":2} | remote | in doubt | emits nothing | landed yes
27 in doubt, a copy not shown | {"a":1,"z":1} | copy /a /b | {"a":1,"z":2} | {"a":1,"b":1,"z":2} | in doubt | emits the same | landed no
27 in doubt, a key not shown | {"l":<1>,"n":0} | add /l/- {"id":2}; replace /n 1 | {"l":<1>,"n":1} | {"l":<1 2>,"n":2} | rules /n counter
    | in doubt | landed no
27 in doubt, a counter that stands as in base does not deny: somebody may have counted back | {"n":5,"q":0} | replace /q 1; replace /n 6
    | {"n":5,"q":1} | remote | rules /n counter | in doubt | emits nothing | landed yes
27 in doubt, a counter below a whole that stands as in base does not deny | {"o":{"n":5,"k":1},"z":0} | replace /o {"n":4,"k":2}; replace /z 1
    | {"o":{"n":5,"k":2},"z":1} | remote | rules /o/n counter | in doubt | emits nothing | landed yes
27 in doubt, a counter in an item that stands as in base does not deny | {"l":[{"id":1,"n":5}],"q":0} | replace /q 1; replace /l/0/n 6
    | {"l":[{"id":1,"n":5}],"q":1} | remote | rules /l/*/n counter | in doubt | emits nothing | landed yes
27 in doubt, what changes nothing tells nothing | {"a":1,"n":0} | replace /a 1; replace /n 1 | {"a":1,"n":1} | ? | rules /n counter | in doubt
    | landed unknown
27 in doubt, what the patch itself takes back tells nothing | {"n":0} | add /t 1; remove /t; replace /n 1 | {"n":1,"z":1} | ?
    | rules /n counter | in doubt | landed unknown
27 in doubt, a move onto its own place tells nothing | {"i":<1 2>,"n":0} | move /i/0 /i/0; replace /n 1 | {"i":<1 2>,"n":1,"z":1} | ?
    | rules /n counter | in doubt | landed unknown
27 in doubt, sorting a set tells nothing | {"t":["b","a"],"n":0} | move /t/0 /t/1; replace /n 1 | {"t":["a","b"],"n":1,"z":1} | ?
    | rules /t set; /n counter | in doubt | landed unknown
27 in doubt, remote is base and nothing was to change | {"a":1} | replace /a 1 | {"a":1} | remote | in doubt | emits the same | landed unknown
27 in doubt, remote is base and the patch takes itself back | {"a":1} | add /t 1; remove /t | {"a":1} | remote | in doubt | emits the same
    | landed unknown
27 in doubt, remote is base, and no operation at all | {"a":1} | nothing | {"a":1} | remote | in doubt | emits nothing | landed unknown
27 in doubt, no operation at all | {"a":1} | nothing | {"a":2} | remote | in doubt | emits nothing | landed unknown
27 in doubt, nothing but a test | {"a":1} | test /a 1 | {"a":1,"b":1} | remote | in doubt | emits the same | landed unknown
27 in doubt, a set's addition shown | {"t":["a"],"n":0} | add /t/- "x"; replace /n 1 | {"t":["x","a"],"n":1} | remote
    | rules /t set; /n counter | in doubt | emits nothing | landed yes
27 in doubt, a set's addition not shown | {"t":["a"],"n":0} | add /t/- "x"; replace /n 1 | {"t":["a"],"n":1} | {"t":["a","x"],"n":2}
    | rules /t set; /n counter | in doubt | landed no
27 in doubt, a whole that remote shows with members in another order | {"o":{"a":1},"n":0} | replace /o {"a":2,"b":2}; replace /n 1
    | {"o":{"b":2,"a":2},"n":1} | remote | rules /n counter | in doubt | emits nothing | landed yes
27 in doubt, an item that remote added with members in another order: one | {"l":[{"p":0}]} | add /l/- {"p":1,"q":2}
    | {"l":[{"p":0},{"q":2,"p":1},{"p":5}]} | remote | in doubt | emits nothing | landed yes; unknown
27 in doubt, an item of base that holds all of a new one, and more, does not show it | {"l":[{"a":1,"b":1}]}
    | remove /l/0; add /l/0 {"a":1}; add /l/1 {"c":2} | {"l":[{"a":1,"b":2}]} | {"l":[{"a":1,"b":2},{"a":1},{"c":2}]} | in doubt
    | conflicts ambiguous-array /l/0 | landed unknown; no
27 in doubt, an item appended to rows of which one is gone since | {"l":[{"p":0},{"p":1}],"n":0} | add /l/- {"p":2}; replace /n 1
    | {"l":[{"p":1},{"p":2}],"n":1} | remote | rules /n counter | in doubt | emits nothing | landed yes
17 in doubt, an item edited here and carried by remote as it was | {"l":[{"id":"a","c":[{"id":1,"v":1}]},{"id":"b","c":[]}]}
    | replace /l/0/c/0/v 2 | {"l":[{"id":"a","c":[]},{"id":"b","c":[{"id":1,"v":1}]}]}
    | {"l":[{"id":"a","c":[]},{"id":"b","c":[{"id":1,"v":2}]}]} | in doubt | landed no
17 in doubt, an item that remote carried to where local did, without what local edited in it: shown and denied
    | {"l":[{"id":"a","c":[{"id":1,"v":1,"w":1}]},{"id":"b","c":[]}]} | replace /l/0/c/0/v 2; move /l/0/c/0 /l/1/c/0
    | {"l":[{"id":"a","c":[]},{"id":"b","c":[{"id":1,"v":1,"w":1}]}]} | {"l":[{"id":"a","c":[]},{"id":"b","c":[{"id":1,"v":2,"w":1}]}]}
    | in doubt | landed unknown
17 in doubt, an item edited here and carried by remote out of a container that is gone
    | {"l":{"a":[{"id":1,"v":1,"w":1}],"b":[]}} | replace /l/a/0/v 2 | {"l":{"b":[{"id":1,"v":2,"w":1}]}} | remote | in doubt
    | emits nothing | landed yes
17 in doubt, an item edited here and carried by remote since | {"l":[{"id":"a","c":[{"id":1,"v":1}]},{"id":"b","c":[]}],"n":0}
    | replace /l/0/c/0/v 2; replace /n 1 | {"l":[{"id":"a","c":[]},{"id":"b","c":[{"id":1,"v":2}]}],"n":1} | remote
    | rules /n counter | in doubt | emits nothing | landed yes
27 one of two equal ones replaced, and others moved: nobody knows, and it is there once | ["x","y","x"] | replace /0 "L" | ["L","x","y"]
    | remote | emits nothing | in doubt | landed unknown
27 one more that holds all of a new item, of which base had one: it may be a stranger's | [{"type":"p","t":"a"}] | add /1 {"type":"p"}
    | [{"type":"p","t":"a"},{"type":"p","t":"b"}] | ? | in doubt | landed unknown
27 in doubt, edits inside of objects without keys, shown | {"m":[{"v":0},{"v":0},{"v":1}]} | replace /m/2/v 2; replace /m/0/v 1
    | {"m":[{"v":1},{"v":0},{"v":2}],"z":1} | remote | in doubt | emits nothing | landed yes
27 in doubt, one that is equal to another is put in front of what is changed: nobody knows which is there | {"m":[[]]}
    | add /m/0/0 1; add /m/0 [] | {"m":[[],"r",[1]]} | remote | in doubt | emits nothing | landed unknown
27 in doubt, what is removed is there, but so is what was made equal to it | {"m":[{"v":1},{"v":0}]} | remove /m/1; replace /m/0/v 0
    | {"m":[["r"],{"v":0}]} | ? | in doubt | conflicts ambiguous-array /m/0 | landed unknown
27 in doubt, one of two equal ones is moved, and remote has made of it what it has | {"m":[[1],[0],[1]]} | move /m/2 /m/1
    | {"m":[[1],[1,"r"],[0],["s"]]} | remote | in doubt | emits nothing | conflicts ambiguous-array /m | landed unknown
27 in doubt, one of two equal ones is replaced, and both are there | {"m":[[0],[0]]} | replace /m/0 [1] | {"m":[[0],[0],["r"]]}
    | {"m":[[1],[0],["r"]]} | in doubt | emits the same | landed no
27 in doubt, one of two equal ones is removed, and both are there | {"m":[[1],[1]]} | remove /m/1 | {"m":[[1],[1],["r"]]}
    | {"m":[[1],["r"]]} | in doubt | emits the same | landed no
`);
