import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/** Rows 2 and 9 to 16 in lists whose items have keys, declared or inferred. */
export const keyedCases: readonly RebaseCase[] = readCases(`
16 an item replaced by one with another key: the old one goes | <1 2> | replace /0 {"id":9} | <1 2 3> | <9 2 3>
10 keyed items | [{"id":1},{"id":2}] | add /1 {"id":8} | [{"id":1},{"id":9},{"id":2}] | [{"id":1},{"id":9},{"id":8},{"id":2}]
    | emits add /2 {"id":8} | mirror [{"id":1},{"id":8},{"id":9},{"id":2}]
11 an equal keyed item: one | [{"id":1}] | add /1 {"id":2,"v":1} | [{"id":0},{"id":1},{"id":2,"v":1}] | remote | emits nothing
11 an equal keyed item in another gap: one, where remote has it | [{"id":1},{"id":3}] | add /0 {"id":2} | [{"id":1},{"id":2},{"id":3}]
    | remote | emits nothing | mirror [{"id":2},{"id":1},{"id":3}]
9 keyed items of one key that differ | [{"id":1}] | add /1 {"id":2,"v":1} | [{"id":1},{"id":2,"v":2}] | remote | emits nothing
    | conflicts add-add /1 | sides missing; {"id":2,"v":1}; {"id":2,"v":2}
9 keyed items of one key under { rule: merge } | {"l":[]} | add /l/- {"id":1,"a":1} | {"l":[{"id":1,"b":2}]} | {"l":[{"id":1,"a":1,"b":2}]}
    | rules /l/* merge | emits add /l/0/a 1
9 keyed items of one key under { rule: merge } that disagree | {"l":[]} | add /l/- {"id":1,"a":1,"b":1} | {"l":[{"id":1,"a":2}]}
    | {"l":[{"id":1,"a":2,"b":1}]} | rules /l/* merge | conflicts add-add /l/0/a
9 keyed items of one key that differ, in other places | [{"id":1}] | add /0 {"id":2,"v":1} | [{"id":0},{"id":1},{"id":2,"v":2}] | remote
    | conflicts add-add /2 was * | mirror [{"id":2,"v":1},{"id":0},{"id":1}] | mirrored add-add *
13 an edit behind a head insert | {"items":[{"id":1,"v":1},{"id":2,"v":1}]} | replace /items/1/v 2
    | {"items":[{"id":0},{"id":1,"v":1},{"id":2,"v":1}]} | {"items":[{"id":0},{"id":1,"v":1},{"id":2,"v":2}]}
    | emits replace /items/2/v 2
13 two fields of one item | [{"id":1,"a":1,"b":1}] | replace /0/a 2 | [{"id":0},{"id":1,"a":1,"b":2}] | [{"id":0},{"id":1,"a":2,"b":2}]
    | emits replace /1/a 2
13 lists in items | [{"id":1,"tags":["a","b"]},{"id":2,"tags":["c"]}] | add /1/tags/1 "d"
    | [{"id":0,"tags":[]},{"id":1,"tags":["b"]},{"id":2,"tags":["z","c"]}]
    | [{"id":0,"tags":[]},{"id":1,"tags":["b"]},{"id":2,"tags":["z","c","d"]}] | emits add /2/tags/2 "d"
13 keyed lists in keyed items, both reordered | [{"id":1,"c":[{"id":7,"v":1},{"id":8,"v":1}]},{"id":2}] | replace /0/c/1/v 2
    | [{"id":2},{"id":1,"c":[{"id":8,"v":1},{"id":7,"v":1}]}] | [{"id":2},{"id":1,"c":[{"id":8,"v":2},{"id":7,"v":1}]}]
    | emits replace /1/c/0/v 2 | no mirror
13 a digit in a pointer is a name in an object | {"1":{"v":1},"2":{"v":1}} | replace /2/v 2 | {"0":{"v":0},"1":{"v":1},"2":{"v":1}}
    | {"0":{"v":0},"1":{"v":1},"2":{"v":2}} | emits the same
13 digits in an object inside a list | [{"id":1,"m":{"0":"x","1":"y"}}] | replace /0/m/1 "z" | [{"id":0},{"id":1,"m":{"1":"y"}}]
    | [{"id":0},{"id":1,"m":{"1":"z"}}] | emits replace /1/m/1 "z"
13 keys 1 and "1" are two | [{"id":1,"v":1},{"id":"1","v":1}] | replace /1/v 2 | [{"id":"1","v":1},{"id":1,"v":1}]
    | [{"id":"1","v":2},{"id":1,"v":1}] | emits replace /0/v 2 | no mirror
13 inferred from _id | [{"_id":"a","v":1},{"_id":"b","v":1}] | replace /0/v 2 | [{"_id":"c","v":1},{"_id":"a","v":1},{"_id":"b","v":3}]
    | [{"_id":"c","v":1},{"_id":"a","v":2},{"_id":"b","v":3}] | emits replace /1/v 2
13 inferred from key | [{"key":"a","v":1}] | replace /0/v 2 | [{"key":"c","v":1},{"key":"a","v":1,"w":1}]
    | [{"key":"c","v":1},{"key":"a","v":2,"w":1}] | emits replace /1/v 2
13 inferred from uuid | [{"uuid":"a","v":1}] | replace /0/v 2 | [{"uuid":"c","v":1},{"uuid":"a","v":1,"w":1}]
    | [{"uuid":"c","v":1},{"uuid":"a","v":2,"w":1}] | emits replace /1/v 2
13 a declared key | {"l":[{"sku":"a","n":1},{"sku":"b","n":1}]} | replace /l/1/n 5
    | {"l":[{"sku":"x","n":1},{"sku":"b","n":1},{"sku":"a","n":1}]} | {"l":[{"sku":"x","n":1},{"sku":"b","n":5},{"sku":"a","n":1}]}
    | rules /l list{"key":"sku"} | emits the same
13 a declared key of two members | [{"a":1,"b":1,"n":1},{"a":1,"b":2,"n":1}] | replace /1/n 5
    | [{"a":1,"b":2,"n":1},{"a":1,"b":1,"n":1}] | [{"a":1,"b":2,"n":5},{"a":1,"b":1,"n":1}] | rules (root) list{"key":["a","b"]}
    | emits replace /0/n 5
13 a declared key beats an inferred one | [{"id":1,"sku":"a","n":1},{"id":2,"sku":"b","n":1}] | replace /0/n 5
    | [{"id":1,"sku":"b","n":1},{"id":2,"sku":"a","n":1}] | [{"id":1,"sku":"b","n":1},{"id":2,"sku":"a","n":5}]
    | rules (root) list{"key":"sku"} | emits replace /1/n 5
14 the same keyed item | [{"id":1},{"id":2},{"id":3}] | remove /1 | [{"id":0},{"id":1},{"id":3}] | remote | emits nothing
14 neighbours | [{"id":1},{"id":2},{"id":3}] | remove /1 | [{"id":1},{"id":2}] | [{"id":1}] | emits the same
16 edited / removed | [{"id":1,"v":1},{"id":2,"v":1},{"id":3,"v":1}] | replace /1/v 2 | [{"id":1,"v":1},{"id":3,"v":1}] | remote
    | emits nothing | conflicts modify-delete /1 ops 0 | sides {"id":2,"v":1}; {"id":2,"v":2}; missing
16 edited / removed with a neighbour like it | [{"id":1,"v":1},{"id":2,"v":1}] | replace /0/v 2 | [{"id":2,"v":1}] | remote
    | emits nothing | conflicts modify-delete /0
16 edited / removed, the rest reordered: behind its base neighbour | [{"id":1},{"id":2,"v":1},{"id":3}] | replace /1/v 2
    | [{"id":3},{"id":1}] | remote | conflicts modify-delete /2 was /1 | no mirror
16 edited / removed with its neighbour: behind the nearest that is left | [{"id":1},{"id":2},{"id":3,"v":1},{"id":4}] | replace /2/v 2
    | [{"id":0},{"id":1},{"id":4}] | remote | conflicts modify-delete /2 | no mirror
16 edited twice / removed is one conflict | [{"id":1,"v":1,"w":1},{"id":2}] | replace /0/v 2; replace /0/w 2 | [{"id":2}] | remote
    | conflicts modify-delete /0 ops 0 1
16 removed / edited | [{"id":1,"v":1},{"id":2,"v":1}] | remove /1 | [{"id":0},{"id":1,"v":1},{"id":2,"v":2}] | remote | emits nothing
    | conflicts delete-modify /2 was /1 | sides {"id":2,"v":1}; missing; {"id":2,"v":2} | mirror [{"id":0},{"id":1,"v":1}]
    | mirrored modify-delete /1
16 a part of the item removed / the item removed is clean | [{"id":1,"v":1},{"id":2}] | remove /0/v | [{"id":2}] | remote
    | emits nothing
16 a declared key | {"l":[{"sku":"a","n":1},{"sku":"b","n":1}]} | replace /l/0/n 5 | {"l":[{"sku":"b","n":1}]} | remote
    | rules /l list{"key":"sku"} | emits nothing | conflicts modify-delete /l/0
16 and the edit of another item goes through | [{"id":1,"v":1},{"id":2,"v":1}] | replace /0/v 2; replace /1/v 2 | [{"id":2,"v":1}]
    | [{"id":2,"v":2}] | emits replace /0/v 2 | conflicts modify-delete /0 ops 0 | mirror [{"id":1,"v":2},{"id":2,"v":2}]
2 one field of a keyed item that moved down | [{"id":1,"v":1}] | replace /0/v 2 | [{"id":0},{"id":1,"v":3}] | remote
    | conflicts value /1/v was /0/v | sides 1; 2; 3 | mirror [{"id":0},{"id":1,"v":2}] | mirrored value /0/v
13 between two that are still neighbours, though both moved | [{"id":1},{"id":2},{"id":3},{"id":4}] | add /1 {"id":9}
    | [{"id":3},{"id":4},{"id":1},{"id":2}] | [{"id":3},{"id":4},{"id":1},{"id":9},{"id":2}] | emits add /3 {"id":9} | no mirror
`);
