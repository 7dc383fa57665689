import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/** Rows 26, 27, 28 and 30: the root, what has landed, what remote has not touched, names that go wrong elsewhere. */
export const wholeCases: readonly RebaseCase[] = readCases(`
26 replaced here, changed there | {"a":1} | replace (root) {"b":1} | {"a":2} | remote | emits nothing | conflicts value (root) ops 0
    | sides {"a":1}; {"b":1}; {"a":2} | no mirror | not as value
26 replaced and edited here, changed there | {"a":1} | replace (root) {"b":1}; replace /b 2 | {"a":2} | remote | emits nothing
    | conflicts value (root) | sides {"a":1}; {"b":2}; {"a":2} | no mirror | not as value
26 an add at the root replaces it | {"a":1} | add (root) {"b":1} | {"a":2} | remote | conflicts value (root) | no mirror | not as value
26 two scalars | 1 | replace (root) 2 | 3 | remote | emits nothing | conflicts value (root) | sides 1; 2; 3
26 moved within, then replaced here / edited there | {"a":{"x":1},"c":2} | move /a /b; replace (root) {"n":1} | {"a":{"x":2},"c":2} | remote
    | emits nothing | conflicts value (root) ops 0 1
26 moved within, then replaced here / its source removed there, answered 'local' | {"a":1,"c":2} | move /a /b; replace (root) {"n":1} | {"c":3}
    | {"n":1} | answers (root) local | emits replace (root) {"n":1}
26 copied, then replaced here / edited there, answered 'remote' | {"a":{"x":1}} | copy /a /b; add (root) {"n":1} | {"a":{"x":2}} | remote
    | answers (root) remote | emits nothing
26 replaced, then moved within here / edited there | {"a":1} | replace (root) {"n":{"y":1}}; move /n /m | {"a":2} | remote | emits nothing
    | conflicts value (root) ops 0 1 | sides {"a":1}; {"m":{"y":1}}; {"a":2}
26 a part moved to the root / edited there | {"a":{"x":1},"c":2} | move /a (root) | {"a":{"x":2},"c":2} | remote | emits nothing
    | conflicts value (root)
26 a part moved out, then replaced by what was there / edited there | {"a":{"x":1},"c":2} | move /a /b; replace (root) {"a":{"x":1},"c":2}
    | {"a":{"x":2},"c":2} | remote | emits nothing
26 of another kind here | {"a":1} | replace (root) [1] | {"a":2} | remote | emits nothing | conflicts value (root) | no mirror
    | not as value
26 of another kind there | {"a":1} | replace /a 2 | [1] | remote | emits nothing | conflicts value|type-change (root) | no mirror
26 replaced alike | {"a":1} | replace (root) {"b":1} | {"b":1} | remote | emits nothing
26 replaced there only | "x" | nothing | {"a":1} | remote | emits nothing
27 remote is local | {"a":1,"l":[1,1]} | add /l/- 1; replace /a 2 | {"a":2,"l":[1,1,1]} | remote | emits nothing
27 remote is local, after moves and copies | {"a":{"x":1},"l":[{"id":1},{"id":2},{"id":3}]} | move /l/0 /l/2; copy /a /b; remove /a
    | {"b":{"x":1},"l":[{"id":2},{"id":3},{"id":1}]} | remote | emits nothing
27 remote is local, and a test of the patch is false by now | {"a":1} | test /a 1; replace /a 2 | {"a":2} | remote | emits nothing
27 remote has all of ours and more | {"a":1,"l":[{"id":1}]} | replace /a 2; add /l/- {"id":2}
    | {"a":2,"z":1,"l":[{"id":0},{"id":1},{"id":2},{"id":3}]} | remote | emits nothing
27 two clients count 0 to 1: both count | {"n":0} | replace /n 1 | {"n":1} | {"n":2} | rules /n counter | emits replace /n 2
27 in doubt, one operation tells that it landed: the counter is counted already | {"n":0,"a":1} | replace /n 1; replace /a "ours"
    | {"n":1,"a":"ours"} | remote | rules /n counter | in doubt | emits nothing | landed yes
27 in doubt, one operation tells that it did not land: the counter counts | {"n":0,"a":1} | replace /n 1; replace /a "ours"
    | {"n":1,"a":1} | {"n":2,"a":"ours"} | rules /n counter | in doubt | emits replace /n 2; replace /a "ours" | landed no
27 in doubt, it landed and remote went on: theirs is newer | {"a":1,"b":1} | replace /a "ours"; replace /b 2 | {"a":"ours","b":3}
    | remote | in doubt | emits nothing | landed yes
27 in doubt, it did not land: a conflict stays one | {"a":1,"b":1} | replace /a "ours"; replace /b 2 | {"a":1,"b":3}
    | {"a":"ours","b":3} | in doubt | emits replace /a "ours" | conflicts value /b | landed no
27 in doubt, a new key shows that it landed | {"l":[{"id":1}],"b":1} | add /l/- {"id":"mine"}; replace /b 2
    | {"l":[{"id":0},{"id":1},{"id":"mine"}],"b":7} | remote | in doubt | emits nothing | landed yes
27 in doubt, and nothing but a counter: nobody knows | {"n":0} | replace /n 1 | {"n":1,"z":1} | ? | rules /n counter | in doubt
    | landed unknown
27 in doubt, remote is local | {"a":1} | replace /a 2 | {"a":2} | remote | in doubt | emits nothing | landed yes
27 in doubt, remote is base | {"a":1} | replace /a 2 | {"a":1} | {"a":2} | in doubt | emits the same | landed no
28 operations that undo each other | {"a":1} | add /t 1; remove /t; replace /a 2 | {"a":1} | {"a":2} | emits the same | not as value
28 operations that change nothing | {"a":1} | replace /a 1 | {"a":1} | remote | emits the same | not as value
28 moves, copies, tests, appends | {"l":[{"id":1},{"id":2}],"a":1} | test /a 1; move /l/0 /l/1; copy /a /b; add /l/- {"id":3}
    | {"l":[{"id":1},{"id":2}],"a":1} | {"l":[{"id":2},{"id":1},{"id":3}],"a":1,"b":1} | emits the same
28 the root | {"a":1} | replace (root) [] | {"a":1} | [] | emits the same
28 an empty patch | {"a":1} | nothing | {"a":1} | remote | emits nothing
28 but what server() owns is left out | {"a":1,"at":1} | replace /a 2; replace /at 9 | {"a":1,"at":1} | {"a":2,"at":1}
    | rules /at server | emits replace /a 2
30 __proto__ edited inside | {"__proto__":{"a":1,"b":1}} | replace /__proto__/a 2 | {"__proto__":{"a":1,"b":2}}
    | {"__proto__":{"a":2,"b":2}} | emits the same
30 __proto__ added | {"a":1} | add /__proto__ {"x":1} | {"a":2} | {"a":2,"__proto__":{"x":1}} | emits the same
30 __proto__ added on both sides | {} | add /__proto__ 1 | {"__proto__":2} | remote | conflicts add-add /__proto__
30 __proto__ removed / edited | {"__proto__":1} | remove /__proto__ | {"__proto__":2} | remote | conflicts delete-modify /__proto__
30 toString is missing until somebody adds it | {} | add /toString 1 | {"z":1} | {"z":1,"toString":1} | emits the same
30 constructor on both sides | {"constructor":1} | replace /constructor 2 | {"constructor":3} | remote | conflicts value /constructor
30 hasOwnProperty as data | {"hasOwnProperty":1,"a":1} | replace /hasOwnProperty 2 | {"hasOwnProperty":1,"a":2}
    | {"hasOwnProperty":2,"a":2} | emits the same
30 the empty name | {"":{"":1},"a":1} | replace // 2 | {"":{"":1,"b":1},"a":1} | {"":{"":2,"b":1},"a":1} | emits the same
30 a conflict at the empty name | {"":1} | replace / 2 | {"":3} | remote | conflicts value /
30 slashes and tildes | {"a/b":{"~":1,"~1":1}} | replace /a~1b/~0 2 | {"a/b":{"~":1,"~1":2}} | {"a/b":{"~":2,"~1":2}} | emits the same
30 a conflict under slashes and tildes | {"a/b":{"~1":1}} | replace /a~1b/~01 2 | {"a/b":{"~1":3}} | remote | conflicts value /a~1b/~01
30 a minus is a name in an object | {"-":1,"l":[]} | replace /- 2; add /l/- 1 | {"-":1,"l":[],"z":1} | {"-":2,"l":[1],"z":1}
30 ids named like builtins | [{"id":"__proto__","v":1},{"id":"constructor","v":1}] | replace /0/v 2
    | [{"id":"constructor","v":2},{"id":"__proto__","v":1}] | [{"id":"constructor","v":2},{"id":"__proto__","v":2}]
    | emits replace /1/v 2 | no mirror
30 scalars named like builtins | ["toString","__proto__"] | remove /1 | ["valueOf","toString","__proto__"] | ["valueOf","toString"]
    | emits remove /2
`);
