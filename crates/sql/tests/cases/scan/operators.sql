==== operators as long as possible
select a||b, a->>'b', a<=b, a!=b, a<>b, a@>b, a::int, f(a => 1), f(a := 1), a?|b
----
statements 1
Word select
Word a
Operator ||
Word b
Punctuation ,
Word a
Operator ->>
String 'b'
Punctuation ,
Word a
Operator <=
Word b
Punctuation ,
Word a
Operator !=
Word b
Punctuation ,
Word a
Operator <>
Word b
Punctuation ,
Word a
Operator @>
Word b
Punctuation ,
Word a
Punctuation ::
Word int
Punctuation ,
Word f
Punctuation (
Word a
Operator =>
Number 1
Punctuation )
Punctuation ,
Word f
Punctuation (
Word a
Punctuation :=
Number 1
Punctuation )
Punctuation ,
Word a
Operator ?|
Word b

==== comments end operators
select a+--b
c, a*/*b*/c, a/-*b*/c, a<-/**/1, @-- x
----
statements 1
Word select
Word a
Operator +
LineComment --b
Word c
Punctuation ,
Word a
Operator *
BlockComment /*b*/
Word c
Punctuation ,
Word a
Operator /-*
Word b
Operator */
Word c
Punctuation ,
Word a
Operator <
Operator -
BlockComment /**/
Number 1
Punctuation ,
Operator @
LineComment -- x

==== plus and minus at the end
select a=-1, a<=-1, a@-1, a?-b, a+-+-1, a!=-1, a*-+1
----
statements 1
Word select
Word a
Operator =
Operator -
Number 1
Punctuation ,
Word a
Operator <=
Operator -
Number 1
Punctuation ,
Word a
Operator @-
Number 1
Punctuation ,
Word a
Operator ?-
Word b
Punctuation ,
Word a
Operator +
Operator -
Operator +
Operator -
Number 1
Punctuation ,
Word a
Operator !=-
Number 1
Punctuation ,
Word a
Operator *
Operator -
Operator +
Number 1

==== operators beside brackets
select (a)*(b), a[1]::int[], a.b.*, count(*), :a, a:b
----
statements 1
Word select
Punctuation (
Word a
Punctuation )
Operator *
Punctuation (
Word b
Punctuation )
Punctuation ,
Word a
Punctuation [
Number 1
Punctuation ]
Punctuation ::
Word int
Punctuation [
Punctuation ]
Punctuation ,
Word a
Punctuation .
Word b
Punctuation .
Operator *
Punctuation ,
Word count
Punctuation (
Operator *
Punctuation )
Punctuation ,
Punctuation :
Word a
Punctuation ,
Word a
Punctuation :
Word b

==== bytes that are nothing
select \d {a}
----
statements 1, malformed
Word select
Other \
Word d
Other {
Word a
Other }

==== an operator of 64 bytes
select a ################################################################ b
----
statements 1, malformed
Word select
Word a
Operator ################################################################
Word b
