==== integers, decimals, reals
select 1, 1_000, 1.5, .5, 1., 1e5, 1.5E-3, 1.e+2, .5e1
----
statements 1
Word select
Number 1
Punctuation ,
Number 1_000
Punctuation ,
Number 1.5
Punctuation ,
Number .5
Punctuation ,
Number 1.
Punctuation ,
Number 1e5
Punctuation ,
Number 1.5E-3
Punctuation ,
Number 1.e+2
Punctuation ,
Number .5e1

==== other bases
select 0x1F, 0XaB_c, 0o17, 0b1_01, 0x_1f
----
statements 1
Word select
Number 0x1F
Punctuation ,
Number 0XaB_c
Punctuation ,
Number 0o17
Punctuation ,
Number 0b1_01
Punctuation ,
Number 0x_1f

==== ranges and chains
select a[1..10], 1..2, 1.2.3, a.1
----
statements 1
Word select
Word a
Punctuation [
Number 1
Punctuation ..
Number 10
Punctuation ]
Punctuation ,
Number 1
Punctuation ..
Number 2
Punctuation ,
Number 1.2
Number .3
Punctuation ,
Word a
Number .1

==== junk behind numbers is refused since 15, and read as 14 reads it
select 1a, 1_, 1__0, 1e, 1e+, 1.5x, 0x, 0xG, 0o8, 0b2, 0x1g, 1_000x
----
statements 1, malformed
Word select
Number 1
Word a
Punctuation ,
Number 1
Word _
Punctuation ,
Number 1
Word __0
Punctuation ,
Number 1
Word e
Punctuation ,
Number 1
Word e
Operator +
Punctuation ,
Number 1.5
Word x
Punctuation ,
Number 0
Word x
Punctuation ,
Number 0
Word xG
Punctuation ,
Number 0
Word o8
Punctuation ,
Number 0
Word b2
Punctuation ,
Number 0
Word x1g
Punctuation ,
Number 1
Word _000x

==== a string behind a number
select 1E'a\'b', 0b'01', 0x'1F', 1_000E'a'
----
statements 1, malformed
Word select
Number 1
EscapeString E'a\'b'
Punctuation ,
Number 0
BitString b'01'
Punctuation ,
Number 0
BitString x'1F'
Punctuation ,
Number 1
Word _000E
String 'a'

==== a dollar behind a number
select 1$$a$$, 1.5$$a$$, 1_0$$a$$, 1e5$$a$$, 1_0.5$$a$$, 0x1$$a$$
----
statements 1, malformed
Word select
Number 1
DollarString $$a$$
Punctuation ,
Number 1.5
DollarString $$a$$
Punctuation ,
Number 1
Word _0$$a$$
Punctuation ,
Number 1e5
DollarString $$a$$
Punctuation ,
Number 1_0.5
DollarString $$a$$
Punctuation ,
Number 0
Word x1$$a$$

==== signs are operators
select -1, a-1, a -+1, 2--1
----
statements 1
Word select
Operator -
Number 1
Punctuation ,
Word a
Operator -
Number 1
Punctuation ,
Word a
Operator -
Operator +
Number 1
Punctuation ,
Number 2
LineComment --1
