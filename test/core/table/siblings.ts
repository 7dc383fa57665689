import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/** Rows 17, 18, 21 and 22 across sibling lists: a keyed item that was carried from one list to another of the same pattern. */
export const siblingCases: readonly RebaseCase[] = readCases(`
17 edited / moved to a sibling list
    | [{"id":"t","c":[{"id":1,"v":1},{"id":2,"v":1}]},{"id":"d","c":[{"id":3,"v":1}]}] | replace /0/c/0/v 2
    | [{"id":"t","c":[{"id":2,"v":1}]},{"id":"d","c":[{"id":3,"v":1},{"id":1,"v":1}]}]
    | [{"id":"t","c":[{"id":2,"v":1}]},{"id":"d","c":[{"id":3,"v":1},{"id":1,"v":2}]}] | emits replace /1/c/1/v 2 | no mirror
17 edited / moved to a sibling list and edited elsewhere inside, the columns in another order
    | [{"id":"t","c":[{"id":1,"v":1,"w":1}]},{"id":"d","c":[]}] | replace /0/c/0/v 2
    | [{"id":"d","c":[{"id":1,"v":1,"w":2}]},{"id":"t","c":[]}] | [{"id":"d","c":[{"id":1,"v":2,"w":2}]},{"id":"t","c":[]}]
    | emits replace /0/c/0/v 2 | no mirror
17 edited / moved to a list of a new sibling | [{"id":"t","c":[{"id":1,"v":1}]}] | replace /0/c/0/v 2
    | [{"id":"t","c":[]},{"id":"n","c":[{"id":1,"v":1}]}] | [{"id":"t","c":[]},{"id":"n","c":[{"id":1,"v":2}]}] | emits replace /1/c/0/v 2
    | no mirror
17 edited / moved to a sibling list under a declared key | {"cols":[{"id":"t","c":[{"k":1,"v":1}]},{"id":"d","c":[]}]}
    | replace /cols/0/c/0/v 2 | {"cols":[{"id":"t","c":[]},{"id":"d","c":[{"k":1,"v":1}]}]}
    | {"cols":[{"id":"t","c":[]},{"id":"d","c":[{"k":1,"v":2}]}]} | rules /cols/*/c list{"key":"k"} | emits replace /cols/1/c/0/v 2 | no mirror
17 edited / moved and edited alike | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]}] | replace /0/c/0/v 2
    | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":2}]}] | remote | emits nothing | no mirror
17 edited / moved and edited differently | [{"id":"t","c":[{"id":1,"v":1,"w":1}]},{"id":"d","c":[]}] | replace /0/c/0/v 2
    | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":3,"w":1}]}] | remote | emits nothing | conflicts value /1/c/0/v was /0/c/0/v | no mirror
17 moved to a sibling list / edited | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]}] | move /0/c/0 /1/c/0
    | [{"id":"t","c":[{"id":1,"v":2}]},{"id":"d","c":[]}] | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":2}]}] | emits the same
17 moved alike to a sibling list | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]}] | move /0/c/0 /1/c/0
    | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":1}]},{"id":"z","c":[]}] | remote | emits nothing
17 moved alike, and edited inside here | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]}] | move /0/c/0 /1/c/0; replace /1/c/0/v 2
    | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":1}]},{"id":"z","c":[]}]
    | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":2}]},{"id":"z","c":[]}] | emits replace /1/c/0/v 2
17 removed / moved to a sibling list: removed, wherever it went | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[{"id":2}]}] | remove /0/c/0
    | [{"id":"t","c":[]},{"id":"d","c":[{"id":2},{"id":1,"v":1}]}] | [{"id":"t","c":[]},{"id":"d","c":[{"id":2}]}] | emits remove /1/c/1
    | no mirror
17 removed / moved to a sibling list and edited | [{"id":"t","c":[{"id":1,"v":1,"w":1}]},{"id":"d","c":[]}] | remove /0/c/0
    | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":2,"w":1}]}] | remote | emits nothing | conflicts delete-modify /1/c/0 was /0/c/0 | no mirror
17 removed with its container, but by name / moved to a sibling list | [{"id":"t","c":<1>},{"id":"d","c":[]}] | remove /0/c/0; remove /0
    | [{"id":"t","c":[]},{"id":"d","c":<1>}] | [{"id":"d","c":[]}] | no mirror | not as value
17 removed by name, then its container / carried out of it, and the container removed | [{"id":"t","c":<1>},{"id":"d","c":[]}] | remove /0/c/0; remove /0
    | [{"id":"d","c":<1>}] | [{"id":"d","c":[]}] | no mirror | not as value
17 removed by name inside an item, then its container / the item carried out of it
    | [{"id":"t","c":[{"id":"x","k":<1 2>}]},{"id":"d","c":[]}] | remove /0/c/0/k/0; remove /0
    | [{"id":"t","c":[]},{"id":"d","c":[{"id":"x","k":<1 2>}]}] | [{"id":"d","c":[{"id":"x","k":<2>}]}] | no mirror | not as value
17 carried into what local then removed / carried to a third list: it stays there | [{"id":"t","c":<1>},{"id":"d","c":[]},{"id":"e","c":[]}]
    | move /0/c/0 /1/c/0; remove /1 | [{"id":"t","c":[]},{"id":"d","c":[]},{"id":"e","c":<1>}]
    | [{"id":"t","c":[]},{"id":"e","c":<1>}] | emits remove /1
17 carried into what local then removed / carried there, too: remote's stands until somebody has decided
    | [{"id":"t","c":<1>},{"id":"d","c":[]}] | move /0/c/0 /1/c/0; remove /1 | [{"id":"t","c":[]},{"id":"d","c":<1>}] | remote
    | emits nothing | conflicts delete-modify /1
17 edited and taken out beside it / carried out of a container that remote removed with the rest
    | [{"id":"t","c":[{"id":1,"v":1},{"id":2}]},{"id":"d","c":[]}] | replace /0/c/0/v 2; remove /0/c/1 | [{"id":"d","c":[{"id":1,"v":1}]}]
    | [{"id":"d","c":[{"id":1,"v":2}]}] | emits replace /0/c/0/v 2 | no mirror
17 carried into a container and taken out of there / the container removed: it is a change of it
    | [{"id":"a","k":[]},{"id":"b","k":[{"id":"x","k":<1 2>}]}] | move /1/k/0 /0/k/0; remove /0/k/0/k/0 | [{"id":"z","k":[]}]
    | remote | emits nothing | conflicts modify-delete /0
17 edited / carried into a holder, which remote carried elsewhere and local moved things out of
    | [{"id":"a","k":[{"id":"x","k":<5 6>},{"id":"y","k":<7 8>},{"id":"z","k":[]}]},{"id":"b","k":[]}]
    | replace /0/k/0/k/0 {"id":5,"t":"L"}; move /0/k/1/k/1 /0/k/2/k/0
    | [{"id":"a","k":[{"id":"x","k":<6>},{"id":"z","k":[]}]},{"id":"b","k":[{"id":"y","k":<5 7 8>}]}]
    | [{"id":"a","k":[{"id":"x","k":<6>},{"id":"z","k":<8>}]},{"id":"b","k":[{"id":"y","k":[{"id":5,"t":"L"},{"id":7}]}]}]
    | rules /*/k/*/k list{"key":"id"}
17 removed / carried to a list that was beside its own, and the holder of its own carried away
    | [{"id":"a","k":[{"id":"x","k":<1>},{"id":"y","k":[]},{"id":"z","k":[]}]},{"id":"b","k":[]}] | remove /0/k/0/k/0
    | [{"id":"a","k":[{"id":"z","k":[]},{"id":"y","k":<1>}]},{"id":"b","k":[{"id":"x","k":[]}]}]
    | [{"id":"a","k":[{"id":"z","k":[]},{"id":"y","k":[]}]},{"id":"b","k":[{"id":"x","k":[]}]}] | not as value
17 edited / carried into a holder, which local carried elsewhere
    | [{"id":"a","k":[{"id":"x","k":[{"id":5,"t":"t"}]}]},{"id":"b","k":[{"id":"y","k":[]}]}] | replace /0/k/0/k/0/t "L"; move /1/k/0 /0/k/1
    | [{"id":"a","k":[{"id":"x","k":[]}]},{"id":"b","k":[{"id":"y","k":[{"id":5,"t":"t"}]}]}]
    | [{"id":"a","k":[{"id":"x","k":[]},{"id":"y","k":[{"id":5,"t":"L"}]}]},{"id":"b","k":[]}] | rules /*/k/*/k list{"key":"id"}
17 removed / carried into a holder, which local carried elsewhere
    | [{"id":"a","k":[{"id":"x","k":[{"id":5,"t":"t"}]}]},{"id":"b","k":[{"id":"y","k":[]}]}] | remove /0/k/0/k/0; move /1/k/0 /0/k/1
    | [{"id":"a","k":[{"id":"x","k":[]}]},{"id":"b","k":[{"id":"y","k":[{"id":5,"t":"t"}]}]}]
    | [{"id":"a","k":[{"id":"x","k":[]},{"id":"y","k":[]}]},{"id":"b","k":[]}] | rules /*/k/*/k list{"key":"id"}
17 edited / carried into a holder, which local moved within its list | [{"id":"a","k":[{"id":1,"t":"t"}]},{"id":"b","k":[]}]
    | replace /0/k/0/t "L"; move /1 /0 | [{"id":"a","k":[]},{"id":"b","k":[{"id":1,"t":"t"}]}]
    | [{"id":"b","k":[{"id":1,"t":"L"}]},{"id":"a","k":[]}]
17 removed / carried out of what remote removed | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]}] | remove /0/c/0
    | [{"id":"d","c":[{"id":1,"v":1}]}] | [{"id":"d","c":[]}] | no mirror
17 removed / carried out of what remote removed, and edited | [{"id":"t","c":[{"id":1,"v":1,"w":1}]},{"id":"d","c":[]}] | remove /0/c/0
    | [{"id":"d","c":[{"id":1,"v":2,"w":1}]}] | remote | emits nothing | conflicts delete-modify /0/c/0 | no mirror
18 moved here, carried there into a holder that local carried elsewhere
    | [{"id":"a","k":[{"id":"x","k":<9 10>},{"id":"y","k":<5>}]},{"id":"b","k":[]}] | move /0/k/0/k/1 /0/k/0/k/0; move /0/k/1 /1/k/0
    | [{"id":"a","k":[{"id":"x","k":<9>},{"id":"y","k":<5 10>}]},{"id":"b","k":[]}]
    | [{"id":"a","k":[{"id":"x","k":<9>}]},{"id":"b","k":[{"id":"y","k":<5 10>}]}] | conflicts order * was /0/k/0/k/1
17 lists three deep | [{"id":"a","k":[{"id":"b","k":[{"id":"c","v":1}]},{"id":"x","k":[]}]}] | replace /0/k/0/k/0/v 2
    | [{"id":"a","k":[{"id":"b","k":[]},{"id":"x","k":[{"id":"c","v":1}]}]}]
    | [{"id":"a","k":[{"id":"b","k":[]},{"id":"x","k":[{"id":"c","v":2}]}]}] | emits replace /0/k/1/k/0/v 2 | no mirror
17 edited / carried away from a container that remote removed | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]}] | replace /0/c/0/v 2
    | [{"id":"d","c":[{"id":1,"v":1}]}] | [{"id":"d","c":[{"id":1,"v":2}]}] | emits replace /0/c/0/v 2 | no mirror
17 lanes by name: the card is recognisable | {"lanes":{"todo":[{"id":1,"t":"x","v":1}],"done":[{"id":2,"t":"y","v":1}]}}
    | replace /lanes/todo/0/v 2 | {"lanes":{"todo":[],"done":[{"id":2,"t":"y","v":1},{"id":1,"t":"x","v":1}]}}
    | {"lanes":{"todo":[],"done":[{"id":2,"t":"y","v":1},{"id":1,"t":"x","v":2}]}} | emits replace /lanes/done/1/v 2 | no mirror
    | undeclared
17 lanes by name: recognisable with a member more | {"lanes":{"todo":[{"id":1,"t":"x","v":1}],"done":[]}} | replace /lanes/todo/0/v 2
    | {"lanes":{"todo":[],"done":[{"id":1,"t":"x","v":1,"at":"now"}]}} | {"lanes":{"todo":[],"done":[{"id":1,"t":"x","v":2,"at":"now"}]}}
    | emits replace /lanes/done/0/v 2 | no mirror
    | undeclared
17 lanes by name: half of the values will do, the key counted | {"l":{"p":[{"id":1,"a":1,"b":1,"c":1}],"q":[]}} | replace /l/p/0/a 9
    | {"l":{"p":[],"q":[{"id":1,"a":1,"b":2,"c":2}]}} | {"l":{"p":[],"q":[{"id":1,"a":9,"b":2,"c":2}]}} | emits replace /l/q/0/a 9 | no mirror
    | undeclared
17 lanes by name: less than half is another thing | {"l":{"p":[{"id":1,"a":1,"b":1,"c":1}],"q":[]}} | replace /l/p/0/a 9
    | {"l":{"p":[],"q":[{"id":1,"a":2,"b":2,"c":2}]}} | remote | emits nothing | conflicts modify-delete /l/p/0 | no mirror
    | undeclared
17 users and posts: one key, two things | {"users":[{"id":1,"name":"A"}],"posts":[{"id":2,"title":"p"}]} | replace /users/0/name "B"
    | {"users":[],"posts":[{"id":2,"title":"p"},{"id":1,"title":"q"}]} | remote | emits nothing | conflicts modify-delete /users/0 | no mirror
    | undeclared
17 users and posts: a removal does not reach the other list | {"users":[{"id":1,"name":"A"}],"posts":[{"id":2,"title":"p"}],"z":1}
    | remove /users/0 | {"users":[],"posts":[{"id":2,"title":"p"},{"id":1,"title":"q"}],"z":1} | remote | emits nothing | no mirror
    | undeclared
17 lanes that a rule declares need not be recognisable | {"l":{"p":[{"id":1,"a":1,"b":1,"c":1}],"q":[]}} | replace /l/p/0/a 9
    | {"l":{"p":[],"q":[{"id":1,"a":1,"b":2,"c":2,"d":2}]}} | {"l":{"p":[],"q":[{"id":1,"a":9,"b":2,"c":2,"d":2}]}}
    | rules /l/* list{"key":"id"} | emits replace /l/q/0/a 9 | no mirror
17 a key that two sibling lists had is followed by nobody | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[{"id":1,"v":5}]}]
    | replace /0/c/0/v 2 | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":5}]}] | remote | emits nothing | conflicts modify-delete /0/c/0
    | no mirror
17 and where one of the two is edited, it is its own | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[{"id":1,"v":5}]}] | replace /0/c/0/v 2
    | [{"id":"n","c":[]},{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[{"id":1,"v":6}]}]
    | [{"id":"n","c":[]},{"id":"t","c":[{"id":1,"v":2}]},{"id":"d","c":[{"id":1,"v":6}]}] | emits replace /1/c/0/v 2
17 a removed container / an item carried out of it: the item stays where it is, the container goes
    | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]}] | remove /0 | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":1}]}]
    | [{"id":"d","c":[{"id":1,"v":1}]}] | emits remove /0 | no mirror
17 a removed lane / its card carried out of it | {"lanes":{"todo":[{"id":1,"t":"x","v":1}],"done":[]}} | remove /lanes/todo
    | {"lanes":{"todo":[],"done":[{"id":1,"t":"x","v":1}]}} | {"lanes":{"done":[{"id":1,"t":"x","v":1}]}} | emits the same | no mirror
    | undeclared
17 a removed container / one carried out, another edited | [{"id":"t","c":[{"id":1,"v":1},{"id":2,"v":1}]},{"id":"d","c":[]}] | remove /0
    | [{"id":"t","c":[{"id":2,"v":2}]},{"id":"d","c":[{"id":1,"v":1}]}] | remote | emits nothing | conflicts delete-modify /0 | no mirror
17 an item removed here and put into a sibling list, changed, into which remote carried it: it is changed there
    | [{"id":"t","c":[{"id":1,"v":1,"w":1}]},{"id":"d","c":[]}] | remove /0/c/0; add /1/c/0 {"id":1,"v":2,"w":1}
    | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":1,"w":1}]}] | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":2,"w":1}]}] | no mirror
17 the same, unchanged | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]}] | remove /0/c/0; add /1/c/0 {"id":1,"v":1}
    | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":1},{"id":2,"v":1}]}] | remote | emits nothing | no mirror
17 the same, where both made the list for it | {"a":[{"id":1,"v":1}],"b":[]} | remove /a/0; add /n [{"id":1,"v":1}]
    | {"a":[],"b":[{"id":2,"v":1}],"n":[{"id":1,"v":1}]} | remote | emits nothing | no mirror | undeclared
18 to two different sibling lists | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]},{"id":"e","c":[]}] | move /0/c/0 /1/c/0
    | [{"id":"t","c":[]},{"id":"d","c":[]},{"id":"e","c":[{"id":1,"v":1}]}] | remote | emits nothing
    | conflicts order /2/c/0 was /0/c/0 | no mirror
18 to two different sibling lists, answered 'local' | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]},{"id":"e","c":[]}]
    | move /0/c/0 /1/c/0 | [{"id":"t","c":[]},{"id":"d","c":[]},{"id":"e","c":[{"id":1,"v":2}]}]
    | [{"id":"t","c":[]},{"id":"d","c":[{"id":1,"v":2}]},{"id":"e","c":[]}] | answers /0/c/0 local | emits move /2/c/0 /1/c/0
18 to two different lanes | {"l":{"a":[{"id":1,"t":"x","v":1}],"b":[],"c":[]}} | move /l/a/0 /l/b/0
    | {"l":{"a":[],"b":[],"c":[{"id":1,"t":"x","v":1}]}} | remote | emits nothing | conflicts order /l/c/0 was /l/a/0 | no mirror
    | undeclared
18 within its list here, to a sibling list there | [{"id":"t","c":<1 2 3>},{"id":"d","c":[]}] | move /0/c/0 /0/c/2
    | [{"id":"t","c":<2 3>},{"id":"d","c":<1>}] | remote | emits nothing | conflicts order /1/c/0 was /0/c/0 | no mirror
18 to a sibling list here, within its list there | [{"id":"t","c":<1 2 3>},{"id":"d","c":[]}] | move /0/c/0 /1/c/0
    | [{"id":"t","c":<2 3 1>},{"id":"d","c":[]}] | remote | emits nothing | conflicts order /0/c/2 was /0/c/0 | no mirror
18 to one sibling list, to two places in it | [{"id":"t","c":<1>},{"id":"d","c":<5 6>}] | move /0/c/0 /1/c/0
    | [{"id":"t","c":[]},{"id":"d","c":<5 6 1>}] | remote | emits nothing | conflicts order /1/c/2 was /0/c/0 | no mirror
18 and an edit inside it goes through | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]},{"id":"e","c":[]}]
    | replace /0/c/0/v 2; move /0/c/0 /1/c/0 | [{"id":"t","c":[]},{"id":"d","c":[]},{"id":"e","c":[{"id":1,"v":1}]}]
    | [{"id":"t","c":[]},{"id":"d","c":[]},{"id":"e","c":[{"id":1,"v":2}]}] | emits replace /2/c/0/v 2 | conflicts order /2/c/0 was /0/c/0
    | no mirror
17 a column edited / removed, its card carried out before, answered 'local': there once, in the column
    | [{"id":"t","n":1,"c":<1>},{"id":"d","c":[]}] | replace /0/n 2 | [{"id":"d","c":[{"id":1,"v":2}]}]
    | [{"id":"t","n":2,"c":[{"id":1,"v":2}]},{"id":"d","c":[]}] | answers /0 local
17 a column and its card edited / removed, the card carried out before, answered 'local' | [{"id":"t","n":1,"c":[{"id":1,"v":1}]},{"id":"d","c":[]}]
    | replace /0/n 2; replace /0/c/0/v 2 | [{"id":"d","c":[{"id":1,"v":1,"w":1}]}]
    | [{"id":"t","n":2,"c":[{"id":1,"v":2,"w":1}]},{"id":"d","c":[]}] | answers /0 local
17 a column edited, and something moved into its card / removed, the card carried out before, answered 'local'
    | {"l":[{"id":"t","n":1,"c":<1>},{"id":"d","c":[]}],"x":5} | move /x /l/0/c/0/x; replace /l/0/n 2 | {"l":[{"id":"d","c":<1>}],"x":5}
    | {"l":[{"id":"t","n":2,"c":[{"id":1,"x":5}]},{"id":"d","c":[]}]} | answers /l/0 local
17 a column edited / removed, a card of an untouched row carried out before, answered 'local'
    | [{"id":"t","n":1,"k":[{"id":"s","k":<1 2>}]},{"id":"d","k":[{"id":"u","k":[]}]}] | replace /0/n 2 | [{"id":"d","k":[{"id":"u","k":<2>}]}]
    | [{"id":"t","n":2,"k":[{"id":"s","k":<1 2>}]},{"id":"d","k":[{"id":"u","k":[]}]}] | answers /0 local
17 a column edited / removed, its card carried out before, a list removed / that has it now: answered 'local' both, it is in the column
    | [{"id":"t","n":1,"c":<1>},{"id":"d","c":[]}] | replace /0/n 2; remove /1 | [{"id":"d","c":<1>}]
    | [{"id":"t","n":2,"c":<1>}] | answers /0 local; /1 local
22 moved to a sibling list / removed | [{"id":"t","c":<1 2>},{"id":"d","c":[]}] | move /0/c/1 /1/c/0 | [{"id":"t","c":<1>},{"id":"d","c":[]}]
    | remote | emits nothing | conflicts move /0/c/1 | no mirror
22 moved to a sibling list / removed, answered 'local': at local's target | [{"id":"t","c":<1 2>},{"id":"d","c":[]}] | move /0/c/1 /1/c/0
    | [{"id":"t","c":<1>},{"id":"d","c":[]}] | [{"id":"t","c":<1>},{"id":"d","c":<2>}] | answers /0/c/1 local
22 moved within its list / removed, answered 'local': at local's target | <1 2 3> | move /0 /2 | <2 3> | <2 3 1> | answers /0 local
22 moved into a container that remote removed, its own removed, too: one answer settles all
    | [{"id":"a","c":[]},{"id":"b","c":<1>}] | move /1/c/0 /0/c/0 | [] | [{"id":"a","c":<1>}] | answers /0 local
22 emptied and removed / something else put into it | {"cols":[{"id":"t","c":<1>},{"id":"d","c":[]}]} | move /cols/0/c/0 /cols/1/c/0; remove /cols/0
    | {"cols":[{"id":"t","c":<1 9>},{"id":"d","c":[]}]} | {"cols":[{"id":"t","c":<9>},{"id":"d","c":<1>}]}
    | emits move /cols/0/c/0 /cols/1/c/0 | conflicts delete-modify /cols/0
22 emptied and removed / something else put in front | [{"id":"t","c":<1>},{"id":"d","c":[]}] | move /0/c/0 /1/c/0; remove /0
    | [{"id":"n"},{"id":"t","c":<9 1>},{"id":"d","c":[]}] | [{"id":"n"},{"id":"t","c":<9>},{"id":"d","c":<1>}]
    | emits move /1/c/1 /2/c/0 | conflicts delete-modify /1 was /0
22 emptied and removed / changed otherwise | [{"id":"t","n":"a","c":<1>},{"id":"d","c":[]}] | move /0/c/0 /1/c/0; remove /0
    | [{"id":"t","n":"b","c":<1>},{"id":"d","c":[]}] | [{"id":"t","n":"b","c":[]},{"id":"d","c":<1>}] | conflicts delete-modify /0
22 emptied and removed / what was moved out is edited | [{"id":"t","c":[{"id":1,"v":1}]},{"id":"d","c":[]}] | move /0/c/0 /1/c/0; remove /0
    | [{"id":"t","c":[{"id":1,"v":2}]},{"id":"d","c":[]}] | [{"id":"d","c":[{"id":1,"v":2}]}] | emits the same
22 emptied and removed, answered 'local' | [{"id":"t","c":<1>},{"id":"d","c":[]}] | move /0/c/0 /1/c/0; remove /0
    | [{"id":"t","c":<1 9>},{"id":"d","c":[]}] | [{"id":"d","c":<1>}] | answers /0 local
22 emptied and removed, an object / a member put into it | {"old":{"a":1},"new":{}} | move /old/a /new/a; remove /old
    | {"old":{"a":1,"b":2},"new":{}} | {"old":{"b":2},"new":{"a":1}} | emits move /old/a /new/a | conflicts delete-modify /old
22 emptied and removed, an object / what was moved out is replaced | {"old":{"a":1},"new":{}} | move /old/a /new/a; remove /old
    | {"old":{"a":5},"new":{},"z":1} | {"new":{"a":5},"z":1} | emits the same
22 emptied and removed, without keys / one more put into it | {"a":[1],"b":[]} | move /a/0 /b/0; remove /a | {"a":[1,2],"b":[]}
    | {"a":[2],"b":[1]} | emits move /a/0 /b/0 | conflicts delete-modify /a
22 emptied of all but one and removed / something else put into it | [{"id":"t","c":<1 2>},{"id":"d","c":[]}] | move /0/c/0 /1/c/0; remove /0
    | [{"id":"t","c":<1 2 9>},{"id":"d","c":[]}] | ? | conflicts delete-modify /0
22 keys that change hands between two lists | {"a":[{"id":1,"v":"a"}],"b":[{"id":1,"v":"b"}]} | remove /a/0; move /b/0 /a/0
    | {"a":[{"id":1,"v":"a"}],"b":[{"id":1,"v":"b"}],"z":1} | {"a":[{"id":1,"v":"b"}],"b":[],"z":1}
    | undeclared
22 keys that change hands, and remote edited the one that stays | {"a":[{"id":1,"v":"a"}],"b":[{"id":1,"v":"b","w":1}]}
    | remove /a/0; move /b/0 /a/0 | {"a":[{"id":1,"v":"a"}],"b":[{"id":1,"v":"b","w":2}]} | {"a":[{"id":1,"v":"b","w":2}],"b":[]}
    | undeclared
22 keys that change hands, one deeper | [{"id":"p","a":[{"id":1,"v":"a"}],"b":[{"id":1,"v":"b"}]}] | remove /0/a/0; move /0/b/0 /0/a/0
    | [{"id":"o"},{"id":"p","a":[{"id":1,"v":"a"}],"b":[{"id":1,"v":"b"}]}] | [{"id":"o"},{"id":"p","a":[{"id":1,"v":"b"}],"b":[]}]
    | undeclared
22 two items that swap their keys | {"l":[{"id":1,"v":"x"},{"id":2,"v":"y"}]} | replace /l/0/id 2; replace /l/1/id 1
    | {"l":[{"id":1,"v":"x"},{"id":2,"v":"y"}],"z":1} | {"l":[{"id":2,"v":"x"},{"id":1,"v":"y"}],"z":1} | no mirror | not as value
21 edited / carried to a place that no key tells: the message names it | {"a":{"x":1,"y":"long enough to know"},"o":{}} | replace /a/x 2
    | {"o":{"a":{"x":1,"y":"long enough to know"}}} | remote | emits nothing | conflicts modify-delete /a | message o/a | no mirror
21 an item edited / carried to another kind of list: the message names it | {"in":[{"id":1,"x":1,"y":"long enough to know"}],"o":{"arch":[]}}
    | replace /in/0/x 2 | {"in":[],"o":{"arch":[{"id":1,"x":1,"y":"long enough to know"}]}} | remote | emits nothing
    | conflicts modify-delete /in/0 | message /o/arch/0 | no mirror
    | undeclared
17 moved, told as removed and added / edited in place | {"todo":[{"id":1,"v":1,"w":1}],"done":[]} | remove /todo/0; add /done/0 {"id":1,"v":1,"w":1}
    | {"todo":[{"id":1,"v":1,"w":2}],"done":[]} | {"todo":[],"done":[{"id":1,"v":1,"w":2}]} | emits move /todo/0 /done/0 | undeclared
17 moved and edited, told as removed and added / edited in place | {"todo":[{"id":1,"v":1,"w":1}],"done":[]}
    | add /done/0 {"id":1,"v":5,"w":1}; remove /todo/0 | {"todo":[{"id":1,"v":1,"w":2}],"done":[]} | {"todo":[],"done":[{"id":1,"v":5,"w":2}]}
    | undeclared
18 moved, told as removed and added / moved elsewhere | [{"id":"t","c":<1>},{"id":"d","c":[]},{"id":"e","c":[]}] | remove /0/c/0; add /1/c/0 {"id":1}
    | [{"id":"t","c":[]},{"id":"d","c":[]},{"id":"e","c":<1>}] | remote | emits nothing | conflicts order /2/c/0 was /0/c/0 | no mirror
18 moved out of a column that goes, told as removed and added / moved elsewhere | [{"id":"t","c":<1>},{"id":"d","c":[]},{"id":"e","c":[]}]
    | remove /0; add /0/c/0 {"id":1} | [{"id":"t","c":[]},{"id":"d","c":[]},{"id":"e","c":<1>}] | [{"id":"d","c":[]},{"id":"e","c":<1>}]
    | conflicts order /2/c/0 was /0/c/0 | no mirror
17 moved out of a list that is replaced, told as added / edited in place | [{"id":"t","c":[{"id":1,"v":1},{"id":2}]},{"id":"d","c":[]}]
    | replace /0/c <2>; add /1/c/0 {"id":1,"v":1} | [{"id":"t","c":[{"id":1,"v":3},{"id":2}]},{"id":"d","c":[]}]
    | [{"id":"t","c":<2>},{"id":"d","c":[{"id":1,"v":3}]}]
21 a part taken out / carried to a list where no key tells it, without another: the message names it
    | {"todo":[{"id":101,"title":"t","list":[1]}],"done":[]} | remove /todo/0/title | {"todo":[],"done":[{"id":101,"title":"t"}]} | remote
    | emits nothing | conflicts modify-delete /todo/0 | message /done/0 | no mirror | undeclared
`);
