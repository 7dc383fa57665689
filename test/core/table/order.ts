import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/**
 * Order as one thing first: where, over the items that all three share, L's order is B's, R's stands; where R's is B's or L's, L's stands.
 * Only where all three differ, single moves are looked for. And sets, for which order is no change.
 */
export const orderCases: readonly RebaseCase[] = readCases(`
19 two moves made alike, and remote put one in front | <a b c d> | move /0 /1; move /3 /2 | <n b a d c> | remote | emits nothing
10 inserted behind an item / the next one gone, and the one that local took out moved in front | <a b c> | remove /2; add /1 {"id":"x"} | <c a>
    | <a x> | emits remove /0; add /1 {"id":"x"}
19 made alike, an insert in between | <a b> | move /0 /1 | <b n a> | remote | emits nothing
19 made alike, an insert at the end | <a b> | move /1 /0 | <b a n> | remote | emits nothing
19 reversed alike, an insert in between | <a b c> | move /0 /2; move /0 /1 | <c n b a> | remote | emits nothing
19 made alike, and both appended | <a b c> | move /2 /0; add /- {"id":"x"} | <c a b y> | <c a b y x> | emits add /4 {"id":"x"}
19 made alike, and both put in front | <a b c> | move /2 /0; add /0 {"id":"x"} | <y c a b> | <y x c a b> | emits add /1 {"id":"x"}
19 made alike, and each took one out | <a b c d e> | move /4 /0; remove /1 | <e a b d> | <e b d> | emits remove /1
19 made alike, the inserts of one side in every gap | <a b c> | move /0 /2 | <p b q c r a s> | remote | emits nothing
19 made alike under a declared key | [{"k":"a"},{"k":"b"},{"k":"c"}] | move /0 /2 | [{"k":"n"},{"k":"b"},{"k":"c"},{"k":"a"}] | remote
    | rules (root) list{"key":"k"} | emits nothing
19 made alike, one deeper | {"o":{"l":<a b c d>}} | move /o/l/0 /o/l/1; move /o/l/3 /o/l/2 | {"o":{"l":<n b a d c>}} | remote | emits nothing
19 made alike, told the other way round | <a b c d> | move /1 /0; move /2 /3 | <n b a d c> | remote | emits nothing
19 made alike, and edited inside here | [{"id":1,"v":1},{"id":2,"v":1}] | move /0 /1; replace /0/v 2 | [{"id":2,"v":1},{"id":9},{"id":1,"v":1}]
    | [{"id":2,"v":2},{"id":9},{"id":1,"v":1}] | emits replace /0/v 2
19 made alike, an insert where one was taken out | <0 1 2 3> | add /1 {"id":"x"}; remove /3; move /3 /0; move /1 /2 | <3 2 0 1> | <3 x 0 1>
19 remote's order is base's: local's stands, beside an insert | <a b c> | move /2 /0 | <a n b c> | <c a n b> | emits move /3 /0
19 remote's order is base's: local's stands, beside a removal | <a b c d> | move /3 /0 | <a c d> | <d a c> | emits move /2 /0
19 local's order is base's: remote's stands, beside an insert | <a b c> | add /1 {"id":"x"} | <c a b> | <c a x b> | emits add /2 {"id":"x"}
19 two moved by local, one of them alike by remote | <1 2 3 4 5> | move /4 /0; move /1 /4 | <5 1 2 3 4> | <5 2 3 4 1> | emits move /1 /4
19 one moved alike, with an insert beside it, another here only | <1 2 3 4 5 6> | move /0 /2; move /5 /0 | <2 3 n 1 4 5 6> | <6 2 3 n 1 4 5>
    | emits move /6 /0
19 of two sets of moves the one that does not meet the other side's | <a b c d> | remove /3; move /0 /2 | <b a c d> | <b c a>
19 and one deeper | {"l":[{"id":"i","l":<a b c d>}]} | remove /l/0/l/3; move /l/0/l/0 /l/0/l/2 | {"l":[{"id":"i","l":<b a c d>}]}
    | {"l":[{"id":"i","l":<b c a>}]}
18 moved to both ends | <1 2 3 4 5> | move /2 /0 | <1 2 4 5 3> | remote | emits nothing | conflicts order /4 was /2
18 moved to both ends, beside inserts | <1 2 3 4 5> | move /2 /0; add /0 {"id":"x"} | <y 1 2 4 5 3> | <y x 1 2 4 5 3> | conflicts order /5 was *
18 answered 'local', with an insert | <1 2 3 4 5> | move /2 /0 | <1 2 4 5 n 3> | <3 1 2 4 5 n> | answers /2 local | emits move /5 /0
18 and answered 'base' | <1 2 3 4 5> | move /2 /0 | <1 2 4 5 3> | <1 2 3 4 5> | answers /2 base
18 scalars made alike without keys | {"l":["a","b","c"]} | move /l/0 /l/2 | {"l":["b","c","a"],"z":1} | remote | emits nothing
18 scalars made alike without keys, and one more | ["a","b","c"] | move /0 /2 | ["b","c","a","z"] | remote | emits nothing
29 set(): sorted alike, and remote added one: nothing is lost | ["c","a","d"] | move /0 /1 | ["a","c","d","y"] | remote | rules (root) set
    | emits nothing | mirror ["a","c","d","y"]
29 set(): sorted alike, a member deeper | {"o":{"t":["c","a","d"]}} | move /o/t/0 /o/t/1 | {"o":{"t":["a","c","d","y"]}} | remote
    | rules /o/t set | emits nothing
29 set(): sorted here, untouched there beside another change: order is no change | {"t":["c","a"],"z":1} | move /t/0 /t/1
    | {"t":["c","a"],"z":2} | ? | rules /t set
29 set(): sorted here, one removed there | {"t":["c","a","d"]} | move /t/0 /t/1 | {"t":["c","d"]} | remote | rules /t set | emits nothing
29 set(): removed / sorted | {"t":["c","a"],"z":1} | remove /t | {"t":["a","c"],"z":1} | {"z":1} | rules /t set | emits the same
29 set(): moved here, that very one removed there | {"t":["c","a","d"]} | move /t/0 /t/2 | {"t":["a","d"]} | remote | rules /t set
    | emits nothing
29 set(): sorted and added here, added there | {"t":["c","a","d"]} | move /t/0 /t/1; add /t/- "x" | {"t":["c","a","d","y"]}
    | {"t":["c","a","d","y","x"]} | rules /t set
29 set(): sorted and one removed here, sorted alike there | {"t":["c","a","d"]} | move /t/0 /t/1; remove /t/0 | {"t":["a","c","d"]}
    | {"t":["c","d"]} | rules /t set | emits remove /t/0
29 set(): sorted differently by both | {"t":["c","a","d","b"]} | move /t/0 /t/3 | {"t":["a","b","c","d"]} | remote | rules /t set | emits nothing
29 set(): one removed here, sorted there | {"t":["c","a","d"]} | remove /t/1 | {"t":["d","c","a"]} | {"t":["d","c"]} | rules /t set
    | emits remove /t/2
29 set(): replaced whole here, added to there | {"t":["a","b"]} | replace /t ["x","a"] | {"t":["a","b","y"]} | {"t":["a","y","x"]} | rules /t set
29 set(): given a value that one side sorted | {"t":["b","a"],"z":1} | add /t/0 "x" | {"t":["a","b"],"z":2} | {"t":["a","b","x"],"z":2}
    | rules /t set | emits add /t/2 "x"
29 set(): an object that both added, with members in another order | {"t":[{"x":0}]} | add /t/- {"x":1,"y":2} | {"t":[{"x":0},{"y":2,"x":1}]}
    | remote | rules /t set | emits nothing
29 atomic(): sorted alike, beside another change | {"t":["c","a","d"],"z":1} | move /t/0 /t/1 | {"t":["a","c","d"],"z":2} | remote
    | rules /t atomic | emits nothing
29 atomic(): sorted here only | {"t":["c","a","d"],"z":1} | move /t/0 /t/1 | {"t":["c","a","d"],"z":2} | {"t":["a","c","d"],"z":2}
    | rules /t atomic
29 atomic(): sorted differently | {"t":["c","a","d"]} | move /t/0 /t/1 | {"t":["a","d","c"]} | remote | rules /t atomic | emits nothing
    | conflicts value /t
29 atomic(): keyed items sorted alike | {"t":<2 1>,"z":1} | move /t/0 /t/1 | {"t":<1 2>,"z":2} | remote | rules /t atomic | emits nothing
29 atomic(): sorted alike under any place | {"o":[{"id":1,"t":["b","a"]}],"z":1} | move /o/0/t/0 /o/0/t/1
    | {"o":[{"id":0,"t":["x"]},{"id":1,"t":["a","b"]}],"z":2} | remote | rules /o/*/t atomic | emits nothing
29 atomic(): in doubt, sorted, and remote shows it | {"t":["c","a"],"n":0} | move /t/0 /t/1; replace /n 1 | {"t":["a","c"],"n":1} | remote
    | rules /t atomic; /n counter | in doubt | emits nothing | landed yes
`);
