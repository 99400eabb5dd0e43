==== plain strings, doubled quotes, backslashes
select 'a', 'it''s', '', '\', '--', '/*', 'a;b'
----
statements 1
Word select
String 'a'
Punctuation ,
String 'it''s'
Punctuation ,
String ''
Punctuation ,
String '\'
Punctuation ,
String '--'
Punctuation ,
String '/*'
Punctuation ,
String 'a;b'

==== escape strings
select E'it\'s', e'\\', E'a''b', E'\n\x41\101\u0041'
----
statements 1
Word select
EscapeString E'it\'s'
Punctuation ,
EscapeString e'\\'
Punctuation ,
EscapeString E'a''b'
Punctuation ,
EscapeString E'\n\x41\101\u0041'

==== unicode, national, bit strings
select U&'d\0061t' UESCAPE '!', u&'x', N'n', n'n', B'01', x'1F', b'01''10'
----
statements 1
Word select
UnicodeString U&'d\0061t'
Word UESCAPE
String '!'
Punctuation ,
UnicodeString u&'x'
Punctuation ,
NationalString N'n'
Punctuation ,
NationalString n'n'
Punctuation ,
BitString B'01'
Punctuation ,
BitString x'1F'
Punctuation ,
BitString b'01'
String '10'

==== prefixes that are words
select ne'a', u 'a', u&a, U&"n", U&"it""s", u&
----
statements 1
Word select
Word ne
String 'a'
Punctuation ,
Word u
String 'a'
Punctuation ,
Word u
Operator &
Word a
Punctuation ,
UnicodeName U&"n"
Punctuation ,
UnicodeName U&"it""s"
Punctuation ,
Word u
Operator &

==== continuation across lines
select 'a'
  'b' -- and
  'c', 'd' 'e', E'f'
'\'g', X'1' -- no newline before the quote 'x'
----
statements 1
Word select
String 'a'
  'b' -- and
  'c'
Punctuation ,
String 'd'
String 'e'
Punctuation ,
EscapeString E'f'
'\'g'
Punctuation ,
BitString X'1'
LineComment -- no newline before the quote 'x'

==== a newline in a comment of the old kind
select 'a' /*
*/ 'b'
----
statements 1
Word select
String 'a'
BlockComment /*
*/
String 'b'

==== dollar quotes
select $$a$$, $a$ $$ $b$ $a$, $a$b$c$a$, a$b$c, $Ab_1$;'$Ab_1$, $$;
----
statements 1, unclosed
Word select
DollarString $$a$$
Punctuation ,
DollarString $a$ $$ $b$ $a$
Punctuation ,
DollarString $a$b$c$a$
Punctuation ,
Word a$b$c
Punctuation ,
DollarString $Ab_1$;'$Ab_1$
Punctuation ,
DollarString $$;

==== what a dollar does not begin
select $1, $12a, $a, $ a, $1$2
----
statements 1, malformed
Word select
Parameter $1
Punctuation ,
Parameter $12
Word a
Punctuation ,
Other $
Word a
Punctuation ,
Other $
Word a
Punctuation ,
Parameter $1
Parameter $2

==== quoted names
select "a", "it""s", "A b;--", "", "$$"
----
statements 1, malformed
Word select
QuotedName "a"
Punctuation ,
QuotedName "it""s"
Punctuation ,
QuotedName "A b;--"
Punctuation ,
QuotedName ""
Punctuation ,
QuotedName "$$"

==== an unterminated string
select 'a; select 2
----
statements 1, unclosed
Word select
String 'a; select 2

==== an unterminated escape string
select E'a\'; select 2
----
statements 1, unclosed
Word select
EscapeString E'a\'; select 2

==== an unterminated dollar quote
select $a$ x $b$; select 2
----
statements 1, unclosed
Word select
DollarString $a$ x $b$; select 2

==== an unterminated name
select "a; select 2
----
statements 1, unclosed
Word select
QuotedName "a; select 2

==== bytes beyond ASCII
select größe, "é", 'ü' from ⚡t
----
statements 1
Word select
Word größe
Punctuation ,
QuotedName "é"
Punctuation ,
String 'ü'
Word from
Word ⚡t
