import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/** Rows 1, 2, 8, 9, 25: one place, changed by both. */
export const valueCases: readonly RebaseCase[] = readCases(`
1 a scalar | {"a":1,"b":1} | replace /a 2 | {"a":2,"b":5} | remote | emits nothing
1 a string | {"a":"x","b":1} | replace /a "y" | {"a":"y","b":5} | remote | emits nothing
1 to null | {"a":1,"b":1} | replace /a null | {"a":null,"b":2} | remote | emits nothing
1 an object | {"a":{"x":1},"b":1} | replace /a {"y":{"z":1}} | {"a":{"y":{"z":1}},"b":2} | remote | emits nothing
1 an object, its members in another order | {"a":1,"b":1} | replace /a {"p":1,"q":2} | {"a":{"q":2,"p":1},"b":2} | remote
    | emits nothing
1 a list | {"l":[1,2],"b":1} | replace /l [3] | {"l":[3],"b":2} | remote | emits nothing
1 far inside | {"a":{"b":{"c":1}},"z":1} | replace /a/b/c 2 | {"a":{"b":{"c":2}},"z":2} | remote | emits nothing
1 beside a change of our own | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":2,"b":1,"c":1} | {"a":2,"b":2,"c":1}
    | emits replace /b 2
1 under counter() both count | {"n":1} | replace /n 2 | {"n":2,"z":1} | {"n":3,"z":1} | rules /n counter | emits replace /n 3
    | mirror {"n":3,"z":1}
2 a scalar | {"a":1} | replace /a 2 | {"a":3} | remote | emits nothing | conflicts value /a ops 0 | sides 1; 2; 3
2 everything else merges | {"a":1,"b":1,"c":1} | replace /b 2; replace /a 2 | {"a":3,"b":1,"c":3} | {"a":3,"b":2,"c":3}
    | emits replace /b 2 | conflicts value /a ops 1 | mirror {"a":2,"b":2,"c":3}
2 far inside | {"a":{"b":{"c":1,"d":1}}} | replace /a/b/c 2 | {"a":{"b":{"c":3,"d":1}}} | remote | emits nothing
    | conflicts value /a/b/c ops 0
2 scalars of two kinds | {"a":1} | replace /a "x" | {"a":true} | remote | conflicts value /a
2 null on one side | {"a":1} | replace /a null | {"a":2} | remote | conflicts value /a | sides 1; null; 2
2 two places are two conflicts | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":3,"b":3} | remote | emits nothing
    | conflicts value /a ops 0; value /b ops 1
2 written twice here: the last value counts | {"a":1} | replace /a 2; replace /a 4 | {"a":3} | remote | emits nothing
    | conflicts value /a | sides 1; 4; 3
2 changed here and changed back is no change | {"a":1} | replace /a 2; replace /a 1 | {"a":3} | remote
2 added here and taken out again is no change | {"a":1} | add /t 1; remove /t | {"a":3} | remote
2 an add over a member is a replace | {"a":1} | add /a 2 | {"a":3} | remote | emits nothing | conflicts value /a | sides 1; 2; 3
2 0 and -0 are one number | {"a":1,"b":1} | replace /a 0 | {"a":-0,"b":2} | {"a":0,"b":2} | emits nothing
2 a name that is the start of another | {"a":1,"ab":1} | replace /a 2 | {"a":1,"ab":3} | {"a":2,"ab":3} | emits the same
8 a scalar | {"b":1} | add /a 1 | {"a":1,"b":2} | remote | emits nothing
8 an object | {"b":1} | add /a {"x":1,"y":2} | {"a":{"y":2,"x":1},"b":2} | {"a":{"x":1,"y":2},"b":2} | emits nothing
8 a list | {"b":1} | add /a [1,1] | {"a":[1,1],"b":2} | remote | emits nothing
8 null | {"b":1} | add /a null | {"a":null,"b":2} | remote | emits nothing
8 beside one of our own | {} | add /a 1; add /c 1 | {"a":1,"z":1} | {"a":1,"c":1,"z":1} | emits add /c 1
9 scalars | {"b":1} | add /a 1 | {"a":2,"b":1} | remote | emits nothing | conflicts add-add /a ops 0 | sides missing; 1; 2
9 two objects | {} | add /a {"x":1} | {"a":{"y":1}} | remote | emits nothing | conflicts add-add /a
9 two objects under { rule: merge } | {} | add /a {"x":1} | {"a":{"y":1}} | {"a":{"x":1,"y":1}} | rules /a merge
    | mirror {"a":{"x":1,"y":1}}
9 two objects under { rule: merge } that disagree | {} | add /a {"x":1,"z":1} | {"a":{"x":2,"y":1,"z":1}} | remote | rules /a merge
    | conflicts add-add /a/x | sides missing; 1; 2
9 objects in objects under { rule: merge } | {} | add /a {"s":{"p":1}} | {"a":{"s":{"q":1}}} | {"a":{"s":{"p":1,"q":1}}}
    | rules /** merge | mirror {"a":{"s":{"p":1,"q":1}}}
9 an object and a list, even under { rule: merge } | {} | add /a {"x":1} | {"a":[1]} | remote | rules /a merge
    | conflicts add-add|type-change /a
9 null and a value | {} | add /a null | {"a":1} | remote | conflicts add-add /a | sides missing; null; 1
9 a counter that both added | {} | add /n 1 | {"n":2} | remote | rules /n counter | conflicts add-add /n
9 far inside | {"a":{"b":{}}} | add /a/b/c 1 | {"a":{"b":{"c":2}}} | remote | conflicts add-add /a/b/c
25 set to null / removed | {"a":1,"b":1} | replace /a null | {"b":1} | remote | emits nothing | conflicts modify-delete /a
    | sides 1; null; missing
25 null removed / given a value | {"a":null} | remove /a | {"a":1} | remote | emits nothing | conflicts delete-modify /a
    | sides null; missing; 1
25 removed / set to null | {"a":1} | remove /a | {"a":null} | remote | emits nothing | conflicts delete-modify /a
    | sides 1; missing; null
25 null given a value / removed | {"a":null,"b":1} | replace /a 1 | {"b":1} | remote | emits nothing | conflicts modify-delete /a
25 null removed here only | {"a":null,"b":1} | remove /a | {"a":null,"b":2} | {"b":2} | emits the same
25 null given a value here only | {"a":null} | replace /a 1 | {"a":null,"b":1} | {"a":1,"b":1} | emits the same
25 null added here only | {} | add /a null | {"b":1} | {"a":null,"b":1} | emits the same
25 null in a list is an item | [1,null,2] | remove /1 | [0,1,null,2] | [0,1,2] | emits remove /2
`);
