import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/** Rows 3 to 7: something is gone, replaced or of another kind. */
export const structureCases: readonly RebaseCase[] = readCases(`
3 edited inside / removed | {"a":{"x":1}} | replace /a/x 2 | {} | remote | emits nothing | conflicts modify-delete /a ops 0
    | sides {"x":1}; {"x":2}; missing
3 replaced / removed | {"a":1,"b":1} | replace /a 2 | {"b":1} | remote | emits nothing | conflicts modify-delete /a ops 0
    | sides 1; 2; missing
3 two edits inside are one conflict | {"a":{"x":1,"y":1}} | replace /a/x 2; replace /a/y 2 | {} | remote | emits nothing
    | conflicts modify-delete /a ops 0 1 | sides {"x":1,"y":1}; {"x":2,"y":2}; missing
3 the topmost removed node is named | {"a":{"b":{"c":{"d":1}}}} | replace /a/b/c/d 2 | {"a":{}} | remote | conflicts modify-delete /a/b
    | sides {"c":{"d":1}}; {"c":{"d":2}}; missing
3 added inside / removed | {"a":{"x":1}} | add /a/y 1 | {} | remote | conflicts modify-delete /a
3 appended inside / removed | {"l":[1],"b":1} | add /l/- 2 | {"b":1} | remote | conflicts modify-delete /l
3 and what lies beside goes through | {"a":{"x":1},"b":1} | replace /b 2; replace /a/x 2 | {"b":1} | {"b":2} | emits replace /b 2
    | conflicts modify-delete /a ops 1 | mirror {"a":{"x":2},"b":2}
3 removing a part of what is gone is clean | {"a":{"x":1,"y":1}} | remove /a/x | {} | remote | emits nothing
3 removing parts far inside what is gone is clean | {"a":{"b":{"x":1,"y":1},"c":1}} | remove /a/b/x; remove /a/c | {} | remote
    | emits nothing
3 a part removed and another edited is a conflict | {"a":{"x":1,"y":1}} | remove /a/x; replace /a/y 2 | {} | remote
    | conflicts modify-delete /a
4 removed / edited inside | {"a":{"x":1}} | remove /a | {"a":{"x":2}} | remote | emits nothing | conflicts delete-modify /a ops 0
    | sides {"x":1}; missing; {"x":2}
4 removed / replaced | {"a":1} | remove /a | {"a":2} | remote | conflicts delete-modify /a
4 removed / added inside | {"a":{"x":1}} | remove /a | {"a":{"x":1,"y":1}} | remote | conflicts delete-modify /a
4 removed / edited far inside | {"a":{"b":{"c":1}},"z":1} | remove /a; replace /z 2 | {"a":{"b":{"c":2}},"z":1}
    | {"a":{"b":{"c":2}},"z":2} | emits replace /z 2 | conflicts delete-modify /a | mirror {"z":2}
4 removed / of another kind | {"a":{"x":1}} | remove /a | {"a":[1]} | remote | conflicts delete-modify /a
4 removed / a part removed is clean | {"a":{"x":1,"y":1},"b":1} | remove /a | {"a":{"y":1},"b":1} | {"b":1} | emits the same
4 removed / its items in another order: removed, wherever they went | {"c":<1 2 3>,"z":1} | remove /c | {"c":<3 1 2>,"z":1} | {"z":1}
    | emits the same | no mirror
4 removed / its items in another order at two depths, one of them gone | [{"id":1,"k":[{"id":5,"k":<6 7>},{"id":8}]},{"id":2}] | remove /0
    | [{"id":2},{"id":1,"k":[{"id":8},{"id":5,"k":<7 6>}]}] | [{"id":2}] | emits remove /1 | no mirror
4 removed / its items in another order, one of them edited | {"c":[{"id":1,"v":1},{"id":2}],"z":1} | remove /c
    | {"c":[{"id":2},{"id":1,"v":2}],"z":1} | remote | emits nothing | conflicts delete-modify /c
4 removed / its items in another order, and one more | {"c":<1 2>,"z":1} | remove /c | {"c":<2 1 3>,"z":1} | remote | emits nothing
    | conflicts delete-modify /c
4 removed / what no key tells in another order | {"c":[1,2],"z":1} | remove /c | {"c":[2,1],"z":1} | remote | emits nothing
    | conflicts delete-modify /c
4 emptied and removed / what is left in another order | {"a":{"c":<1 2 3>},"d":{"c":[]}} | move /a/c/0 /d/c/0; remove /a
    | {"a":{"c":<1 3 2>},"d":{"c":[]}} | {"d":{"c":<1>}}
6 replaced by one in whose list a key is there twice / changed beside it: a sequence | {"o":{"k":[{"id":5,"v":1}]}}
    | replace /o {"k":[{"id":5,"v":1},{"id":5,"v":2}]} | {"o":{"k":[{"id":6},{"id":5,"v":1}]}}
    | {"o":{"k":[{"id":6},{"id":5,"v":1},{"id":5,"v":2}]}} | emits add /o/k/2 {"id":5,"v":2} | undeclared
5 removed on both sides | {"a":1,"b":1} | remove /a | {"b":2} | remote | emits nothing
5 an object removed on both sides | {"a":{"x":1},"b":1} | remove /a | {"b":2} | remote | emits nothing
5 beside a change of our own | {"a":1,"b":1,"c":1} | remove /a; replace /b 2 | {"b":1,"c":3} | {"b":2,"c":3} | emits replace /b 2
5 a part here, the whole there | {"a":{"b":{"c":1}},"z":1} | remove /a/b | {"z":2} | remote | emits nothing
6 edited inside / replaced by another object | {"a":{"x":1,"y":1}} | replace /a/x 2 | {"a":{"x":1,"z":5}} | {"a":{"x":2,"z":5}}
    | emits the same
6 replaced / edited inside: merged and told in parts | {"a":{"x":1,"y":1}} | replace /a {"x":2,"y":1} | {"a":{"x":1,"y":2}}
    | {"a":{"x":2,"y":2}} | emits replace /a/x 2
6 both replaced the object, in other members | {"a":{"x":1,"y":1}} | replace /a {"x":1,"y":1,"p":1} | {"a":{"x":1,"y":1,"q":1}}
    | {"a":{"x":1,"y":1,"p":1,"q":1}} | emits add /a/p 1
6 and the same member differently | {"a":{"x":1,"y":1}} | replace /a {"x":2,"y":1} | {"a":{"x":3,"y":1}} | remote | emits nothing
    | conflicts value /a/x | sides 1; 2; 3
6 the replacement lacks what was edited | {"a":{"x":1,"y":1}} | replace /a/x 2 | {"a":{"y":1}} | remote | conflicts modify-delete /a/x
6 our replacement lacks what remote edited | {"a":{"x":1,"y":1}} | replace /a {"x":1,"z":1} | {"a":{"x":1,"y":2}}
    | {"a":{"x":1,"y":2,"z":1}} | conflicts delete-modify /a/y | mirror {"a":{"x":1,"z":1}}
6 replaced here, untouched there: our own operation | {"a":{"x":1},"b":1} | replace /a {"z":1} | {"a":{"x":1},"b":2}
    | {"a":{"z":1},"b":2} | emits the same | not as value
6 objects in objects | {"a":{"p":{"x":1,"y":1}}} | replace /a {"p":{"x":2,"y":1}} | {"a":{"p":{"x":1,"y":2}}}
    | {"a":{"p":{"x":2,"y":2}}} | emits replace /a/p/x 2
6 a list of keyed items replaced / edited inside | {"l":[{"id":1,"v":1},{"id":2,"v":1}]} | replace /l [{"id":1,"v":2},{"id":2,"v":1}]
    | {"l":[{"id":1,"v":1},{"id":2,"v":2}]} | {"l":[{"id":1,"v":2},{"id":2,"v":2}]}
7 edited inside / now a list | {"a":{"x":1}} | replace /a/x 2 | {"a":[1]} | remote | emits nothing | conflicts type-change /a
    | sides {"x":1}; {"x":2}; [1]
7 edited inside / now a number | {"a":{"x":1}} | replace /a/x 2 | {"a":5} | remote | emits nothing | conflicts type-change /a
7 edited inside / now null | {"a":{"x":1}} | replace /a/x 2 | {"a":null} | remote | conflicts type-change /a
7 edited far inside / now a string | {"a":{"b":{"c":1}}} | replace /a/b/c 2 | {"a":"x"} | remote | conflicts type-change /a
7 an item edited / the list is an object now | {"l":[1,2]} | replace /l/0 9 | {"l":{"0":1,"1":2}} | remote | conflicts type-change /l
7 appended / the list is an object now | {"l":[1]} | add /l/- 2 | {"l":{"a":1}} | remote | conflicts type-change /l
7 made a list / edited inside | {"a":{"x":1}} | replace /a [1] | {"a":{"x":2}} | remote | emits nothing | conflicts type-change /a
7 two edits inside are one conflict | {"a":{"x":1,"y":1}} | replace /a/x 2; replace /a/y 2 | {"a":1} | remote
    | conflicts type-change /a ops 0 1
7 made a scalar here only | {"a":{"x":1},"b":1} | replace /a 1 | {"a":{"x":1},"b":2} | {"a":1,"b":2} | emits the same
`);
