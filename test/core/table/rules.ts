import type { RebaseCase } from './case.js';
import { readCases } from './read.js';

/** Row 29: what a rule says, and where it holds. */
export const ruleCases: readonly RebaseCase[] = readCases(String.raw`
29 'local' wins | {"a":1} | replace /a 2 | {"a":3} | {"a":2} | rules /a local | emits the same | settled /a rule local
29 'remote' wins | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":3,"b":1} | {"a":3,"b":2} | rules /a remote | emits replace /b 2
    | settled /a rule remote
29 'local' wins over a removal | {"a":{"x":1}} | replace /a/x 2 | {} | {"a":{"x":2}} | rules /** local | settled /a rule local
29 'local' removes what remote edited | {"a":{"x":1}} | remove /a | {"a":{"x":2}} | {} | rules /a local | emits the same
    | settled /a rule local
29 'local' where both added | {} | add /a 1 | {"a":2} | {"a":1} | rules /a local | settled /a rule local
29 'local' does not take what nobody disputes | {"a":1,"b":1} | replace /a 2 | {"a":1,"b":3} | {"a":2,"b":3} | rules /** local
    | emits the same | settled nothing
29 'manual' hides a broader rule | {"a":1,"b":1} | replace /a 2; replace /b 2 | {"a":3,"b":3} | {"a":2,"b":3}
    | rules /** local; /b manual | emits replace /a 2 | conflicts value /b | settled /a rule local
29 the most literal names win | {"a":{"b":1}} | replace /a/b 2 | {"a":{"b":3}} | {"a":{"b":2}}
    | rules /*/* remote; /a/* local; /** remote | settled /a/b rule local
29 ** includes none | {"a":1} | replace /a 2 | {"a":3} | {"a":2} | rules /**/a local | settled /a rule local
29 * is one name | {"a":{"b":1}} | replace /a/b 2 | {"a":{"b":3}} | remote | rules /* local | conflicts value /a/b
29 a rule inside items | [{"id":1,"v":1}] | replace /0/v 2 | [{"id":0},{"id":1,"v":3}] | [{"id":0},{"id":1,"v":2}] | rules /*/v local
    | emits replace /1/v 2 | settled /1/v rule local
29 'local' puts a removed item back | [{"id":1,"v":1},{"id":2}] | replace /0/v 2 | [{"id":2}] | [{"id":1,"v":2},{"id":2}]
    | rules /* local | settled /0 rule local
29 a function that takes a side | {"a":1} | replace /a 2 | {"a":3} | {"a":2} | rules /a larger | settled /a rule local
29 a function that gives a value | {"a":1} | replace /a 2 | {"a":3} | {"a":[2,3]} | rules /a both | emits replace /a [2,3]
29 a function that leaves it open | {"a":1} | replace /a 2 | {"a":3} | remote | rules /a undecided | emits nothing | conflicts value /a
29 a function that removes | {"a":1,"b":1} | replace /a 2 | {"a":3,"b":1} | {"b":1} | rules /a removing | emits remove /a
29 counter(): both differences | {"n":10} | replace /n 7 | {"n":8} | {"n":5} | rules /n counter | emits replace /n 5 | mirror
29 counter(): only ours | {"n":10,"z":1} | replace /n 7 | {"n":10,"z":2} | {"n":7,"z":2} | rules /n counter | emits the same | mirror
29 counter(): up and down cancel out | {"n":10} | replace /n 12 | {"n":8} | {"n":10} | rules /n counter | mirror
29 counter({ min }) | {"n":10} | replace /n 7 | {"n":2} | {"n":0} | rules /n counter{"min":0} | emits replace /n 0
29 counter({ max }) | {"n":10} | replace /n 15 | {"n":18} | {"n":20} | rules /n counter{"max":20}
29 counter() / removed | {"n":1} | replace /n 2 | {} | remote | rules /n counter | conflicts modify-delete /n
29 counter() in an item | [{"id":1,"n":1}] | replace /0/n 3 | [{"id":0,"n":0},{"id":1,"n":11}] | [{"id":0,"n":0},{"id":1,"n":13}]
    | rules /*/n counter | emits replace /1/n 13
29 set(): both additions, both removals | {"t":["a","b","c"]} | remove /t/0; add /t/2 "x" | {"t":["a","c","y"]} | {"t":["c","y","x"]}
    | rules /t set | mirror {"t":["c","x","y"]}
29 set(): order does not matter | {"t":["a","b"]} | remove /t/1 | {"t":["b","a","c"]} | {"t":["a","c"]} | rules /t set
    | emits remove /t/0
29 set(): a replace is a removal and an addition | {"t":["a","b"]} | replace /t/0 "x" | {"t":["b"]} | {"t":["b","x"]} | rules /t set
29 text(): other words | {"s":"The quick fox jumps over the dog."} | replace /s "The quick brown fox jumps over the dog."
    | {"s":"The quick fox jumps over the lazy dog."} | {"s":"The quick brown fox jumps over the lazy dog."} | rules /s text
    | emits replace /s "The quick brown fox jumps over the lazy dog." | mirror
29 text(): the same words | {"s":"The fox jumps."} | replace /s "The red fox jumps." | {"s":"The blue fox jumps."} | remote
    | rules /s text | emits nothing | conflicts value /s
29 text(): the same change | {"s":"one two three"} | replace /s "one 2 three" | {"s":"one 2 three four"} | remote | rules /s text
29 text() by line | {"s":"a\nb\nc\n"} | replace /s "A\nb\nc\n" | {"s":"a\nb\nC\n"} | {"s":"A\nb\nC\n"} | rules /s text{"by":"line"}
    | mirror
29 text() by line: one line is one thing | {"s":"a b c\nd\n"} | replace /s "A b c\nd\n" | {"s":"a b C\nd\n"} | remote
    | rules /s text{"by":"line"} | conflicts value /s
29 text() by character | {"s":"abcdef"} | replace /s "abXcdef" | {"s":"abcdeYf"} | {"s":"abXcdeYf"} | rules /s text{"by":"character"}
    | mirror
29 text() / not a text any more | {"s":"a b"} | replace /s "a c" | {"s":5} | remote | rules /s text | conflicts value /s
29 latest(): ours is larger | {"at":"2026-01-01"} | replace /at "2026-01-03" | {"at":"2026-01-02"} | {"at":"2026-01-03"}
    | rules /at latest | emits the same | mirror
29 latest(): remote is larger | {"at":1} | replace /at 9 | {"at":10} | remote | rules /at latest | emits nothing | mirror
29 latest({ field }): the whole object of the larger field | {"c":{"at":1,"row":1}} | replace /c {"at":2,"row":7}
    | {"c":{"at":3,"row":9}} | remote | rules /c latest{"field":"/at"} | emits nothing | mirror
29 server(): moved into what is the server's: it stays, and is told | {"a":1,"s":{}} | move /a /s/x | {"a":1,"s":{},"z":1} | remote
    | rules /s/x server | emits nothing | conflicts move /a
29 server(): ours is not sent, theirs is no conflict | {"t":"x","at":1} | replace /t "y"; replace /at 2 | {"t":"x","at":3}
    | {"t":"y","at":3} | rules /at server | emits replace /t "y" | settled nothing
29 server(): removed by us | {"t":"x","at":1} | remove /at | {"t":"y","at":3} | remote | rules /at server | emits nothing
29 server() in items | [{"id":1,"v":1,"at":1}] | replace /0/at 2; replace /0/v 2 | [{"id":1,"v":1,"at":3}] | [{"id":1,"v":2,"at":3}]
    | rules /*/at server | emits replace /0/v 2
29 server(): a whole that is put in its place keeps it | {"o":{"a":1,"at":1},"n":0} | replace /o {"a":2,"at":1} | {"o":{"a":1,"at":1},"n":1}
    | {"o":{"a":2,"at":1},"n":1} | rules /o/at server | emits the same
29 server(): answered 'local', theirs stays | {"o":{"a":1,"at":1}} | replace /o/a 2 | {"o":{"a":3,"at":2}} | {"o":{"a":2,"at":2}}
    | rules /o atomic; /o/at server | answers /o local
29 server() in a list that is answered 'local' | {"l":[{"id":1,"v":1,"at":1}]} | replace /l/0/v 2 | {"l":[{"id":1,"v":3,"at":2}]}
    | {"l":[{"id":1,"v":2,"at":2}]} | rules /l atomic; /l/*/at server | answers /l local
29 server() in a set | {"t":[{"v":1,"at":1}],"n":0} | add /t/- {"v":2} | {"t":[{"v":1,"at":1}],"n":1} | {"t":[{"v":1,"at":1},{"v":2}],"n":1}
    | rules /t set; /t/*/at server
29 server(): removed what only the server has changed | {"o":{"a":1,"at":1}} | remove /o | {"o":{"a":1,"at":2}} | {} | rules /o/at server
    | emits the same
29 server(): removed an item that only the server has changed | [{"id":1,"at":1},{"id":2,"at":1}] | remove /0
    | [{"id":1,"at":2},{"id":2,"at":1}] | [{"id":2,"at":1}] | rules /*/at server | emits the same
29 server(): nothing else of ours in what is gone there | {"o":{"a":1,"at":1},"n":0} | replace /o/at 2 | {"n":0} | remote | rules /o/at server
    | emits nothing
29 server(): nothing else of ours in an item that is gone there | [{"a":1,"at":1},{"a":2}] | replace /0/at 3 | [{"a":2}] | remote
    | rules /*/at server | emits nothing
29 server() in one thing, changed by nobody else | {"o":{"a":1,"at":1}} | replace /o/a 2 | {"o":{"a":1,"at":2}} | {"o":{"a":2,"at":2}}
    | rules /o atomic; /o/at server | emits the same
29 atomic(): two members of one thing | {"r":{"from":1,"to":5}} | replace /r/from 4 | {"r":{"from":1,"to":2}} | remote | rules /r atomic
    | emits nothing | conflicts value /r | sides {"from":1,"to":5}; {"from":4,"to":5}; {"from":1,"to":2} | mirror
29 atomic(): ours only | {"r":{"from":1,"to":5},"z":1} | replace /r/from 4 | {"r":{"from":1,"to":5},"z":2}
    | {"r":{"from":4,"to":5},"z":2} | rules /r atomic | emits the same
29 atomic(): a list | {"l":[1,2]} | add /l/0 0 | {"l":[1,2,3]} | remote | rules /l atomic | emits nothing | conflicts value /l
29 atomic(): the same change | {"r":{"a":1,"b":1}} | replace /r/a 2 | {"r":{"a":2,"b":1},"z":1} | remote | rules /r atomic
    | emits nothing
29 atomic(): the same change of a thing with a counter in it | {"o":{"n":1,"a":1}} | replace /o {"n":2,"a":2} | {"o":{"n":2,"a":2},"z":1}
    | remote | rules /o atomic; /o/n counter | emits nothing
29 how a list is aligned and who wins are two questions | [{"sku":"a","v":1},{"sku":"b","v":1}] | replace /1/v 2
    | [{"sku":"b","v":3},{"sku":"a","v":1}] | [{"sku":"b","v":2},{"sku":"a","v":1}] | rules (root) list{"key":"sku"}; /** local
    | settled /0/v rule local
`);
