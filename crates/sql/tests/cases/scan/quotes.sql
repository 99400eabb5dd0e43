==== plain strings, doubled quotes, backslashes
select 'a', 'it''s', '', '\', '--', '/*', 'a;b'
----
?
==== escape strings
select E'it\'s', e'\\', E'a''b', E'\n\x41\101\u0041'
----
?
==== unicode, national, bit strings
select U&'d\0061t' UESCAPE '!', u&'x', N'n', n'n', B'01', x'1F', b'01''10'
----
?
==== prefixes that are words
select ne'a', u 'a', u&a, U&"n", U&"it""s", u&
----
?
==== continuation across lines
select 'a'
  'b' -- and
  'c', 'd' 'e', E'f'
'\'g', X'1' -- no newline before the quote 'x'
----
?
==== a newline in a comment of the old kind
select 'a' /*
*/ 'b'
----
?
==== dollar quotes
select $$a$$, $a$ $$ $b$ $a$, $a$b$c$a$, a$b$c, $Ab_1$;'$Ab_1$, $$;
----
?
==== what a dollar does not begin
select $1, $12a, $a, $ a, $1$2
----
?
==== quoted names
select "a", "it""s", "A b;--", "", "$$"
----
?
==== an unterminated string
select 'a; select 2
----
?
==== an unterminated escape string
select E'a\'; select 2
----
?
==== an unterminated dollar quote
select $a$ x $b$; select 2
----
?
==== an unterminated name
select "a; select 2
----
?
==== bytes beyond ASCII
select größe, "é", 'ü' from ⚡t
----
?
