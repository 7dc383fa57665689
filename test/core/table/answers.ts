import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/** What each answer to a conflict does, and to which it is one. */
export const answerCases: readonly RebaseCase[] = readCases(`
2 answered 'local' | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":3,"b":3} | {"a":2,"b":3} | answers /a local | emits replace /a 2
    | conflicts value /b | settled /a resolver local
2 answered 'remote' | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":3,"b":3} | remote | answers /a remote; /b remote | emits nothing
    | settled /a resolver remote; /b resolver remote
2 answered 'base' | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":3,"b":3} | {"a":1,"b":3} | answers /a base; /b remote
    | emits replace /a 1
2 answered 'remove' | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":3,"b":3} | {"b":3} | answers /a remove; /b remote
    | emits remove /a
2 answered with a value | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":3,"b":3} | {"a":{"both":[2,3]},"b":2}
    | answers /a {"both":[2,3]}; /b local
2 answered with null | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":3,"b":3} | {"a":null,"b":3} | answers /a null; /b remote
    | emits replace /a null
2 an answer to no conflict is no matter | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":3,"b":3} | remote | answers /c local
    | conflicts value /a; value /b
3 answered 'local' | {"a":{"x":1},"z":1} | replace /a/x 2 | {"z":1} | {"a":{"x":2},"z":1} | answers /a local | emits add /a {"x":2}
3 answered 'remote' | {"a":{"x":1},"z":1} | replace /a/x 2 | {"z":1} | remote | answers /a remote | emits nothing
3 answered 'base' | {"a":{"x":1},"z":1} | replace /a/x 2 | {"z":1} | {"a":{"x":1},"z":1} | answers /a base | emits add /a {"x":1}
3 answered 'remove' | {"a":{"x":1},"z":1} | replace /a/x 2 | {"z":1} | remote | answers /a remove | emits nothing
3 answered with a value | {"a":{"x":1},"z":1} | replace /a/x 2 | {"z":1} | {"a":5,"z":1} | answers /a 5 | emits add /a 5
4 answered 'local' | {"a":{"x":1}} | remove /a | {"a":{"x":2}} | {} | answers /a local | emits the same
4 a column removed / a card carried into it: remote's side shows it | {"c":[{"id":1,"l":<11>},{"id":2,"l":<21>}]} | remove /c/0
    | {"c":[{"id":1,"l":<11 21>},{"id":2,"l":<>}]} | remote | emits nothing | conflicts delete-modify /c/0
    | sides {"id":1,"l":<11>}; missing; {"id":1,"l":<11 21>}
4 the same, answered 'local': what was shown goes | {"c":[{"id":1,"l":<11>},{"id":2,"l":<21>}]} | remove /c/0
    | {"c":[{"id":1,"l":<11 21>},{"id":2,"l":<>}]} | {"c":[{"id":2,"l":<>}]} | answers /c/0 local
7 answered 'local' | {"a":{"x":1}} | replace /a/x 2 | {"a":[1]} | {"a":{"x":2}} | answers /a local | emits replace /a {"x":2}
7 answered 'local': what was moved in is told of where remote changed it, too | {"t":[],"a":{"x":{"p":1,"q":1}}}
    | move /a/x /t/0; replace /t/0/p 2 | {"t":7,"a":{"x":{"p":3,"q":1}}} | {"t":[{"p":3,"q":1}],"a":{}} | answers /t local
    | conflicts value /a/x/p
7 two disagreements of which one is in what was moved into the other are told at once | {"t":[],"a":{"x":{"p":1,"q":1}}}
    | move /a/x /t/0; replace /t/0/p 2 | {"t":7,"a":{"x":{"p":3,"q":1}}} | remote | emits nothing | conflicts type-change /t; value /a/x/p
22 two disagreements of which one is about the place are told at once | {"a":{"p":1,"q":1}} | move /a /t; replace /t/p 2
    | {"a":{"p":3,"q":1},"t":7} | remote | emits nothing | conflicts add-add /t; value /a/p
22 answered 'local', that the source is gone is no question any more | {"a":{"p":1}} | move /a /t | {"t":7} | {"t":{"p":1}} | answers /t local
3 answered 'local': of what was moved in it is told that remote may have changed it | {"a":[{"v":1}],"p":[]} | move /a/0 /p/0
    | {"a":[{"v":2}]} | {"a":[{"v":2}],"p":[]} | answers /p local | conflicts ambiguous-array /a/0
9 answered 'local' | {} | add /a 1 | {"a":2} | {"a":1} | answers /a local
9 answered 'base', which has nothing there: removed | {} | add /a 1 | {"a":2} | {} | answers /a base | emits remove /a
16 removed / edited, answered 'local' by its place in base | [{"id":1},{"id":2,"v":1},{"id":3}] | remove /1
    | [{"id":0},{"id":1},{"id":2,"v":2},{"id":3}] | [{"id":0},{"id":1},{"id":3}] | answers /1 local | emits remove /2
16 removed / edited, answered 'local' by its place in remote | [{"id":1},{"id":2,"v":1},{"id":3}] | remove /1
    | [{"id":0},{"id":1},{"id":2,"v":2},{"id":3}] | [{"id":0},{"id":1},{"id":3}] | answers /2 local | emits remove /2
16 removed / edited, answered 'base' | [{"id":1},{"id":2,"v":1},{"id":3}] | remove /1 | [{"id":0},{"id":1},{"id":2,"v":2},{"id":3}]
    | [{"id":0},{"id":1},{"id":2,"v":1},{"id":3}] | answers /1 base
16 removed / edited, answered with a value | [{"id":1},{"id":2,"v":1},{"id":3}] | remove /1
    | [{"id":0},{"id":1},{"id":2,"v":2},{"id":3}] | [{"id":0},{"id":1},{"id":2,"v":9},{"id":3}] | answers /1 {"id":2,"v":9}
16 removed / edited, answered 'remove' | [{"id":1},{"id":2,"v":1},{"id":3}] | remove /1 | [{"id":0},{"id":1},{"id":2,"v":2},{"id":3}]
    | [{"id":0},{"id":1},{"id":3}] | answers /1 remove | emits remove /2
16 edited / removed, answered 'local': back where it would be | [{"id":1},{"id":2,"v":1},{"id":3}] | replace /1/v 2
    | [{"id":0},{"id":1},{"id":3}] | [{"id":0},{"id":1},{"id":2,"v":2},{"id":3}] | answers /1 local | emits add /2 {"id":2,"v":2}
16 edited / removed, answered 'remote' | [{"id":1},{"id":2,"v":1},{"id":3}] | replace /1/v 2 | [{"id":0},{"id":1},{"id":3}] | remote
    | answers /1 remote | emits nothing
16 edited / removed, answered with a value | [{"id":1},{"id":2,"v":1},{"id":3}] | replace /1/v 2 | [{"id":0},{"id":1},{"id":3}]
    | [{"id":0},{"id":1},{"id":2,"v":9},{"id":3}] | answers /1 {"id":2,"v":9}
18 answered 'local' | [{"id":1},{"id":2},{"id":3},{"id":4},{"id":5}] | move /0 /4 | [{"id":2},{"id":3},{"id":1},{"id":4},{"id":5}]
    | [{"id":2},{"id":3},{"id":4},{"id":5},{"id":1}] | answers /0 local | emits move /2 /4
18 answered 'remote' | [{"id":1},{"id":2},{"id":3},{"id":4},{"id":5}] | move /0 /4 | [{"id":2},{"id":3},{"id":1},{"id":4},{"id":5}]
    | remote | answers /0 remote | emits nothing
26 answered 'local' | {"a":1} | replace (root) {"b":1} | {"a":2} | {"b":1} | answers (root) local | not as value
29 a rule comes before an answer | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":3,"b":3} | {"a":3,"b":2} | rules /a remote
    | answers /a local; /b local | emits replace /b 2 | settled /a rule remote; /b resolver local
`);
