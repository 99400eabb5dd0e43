==== integers, decimals, reals
select 1, 1_000, 1.5, .5, 1., 1e5, 1.5E-3, 1.e+2, .5e1
----
?
==== other bases
select 0x1F, 0XaB_c, 0o17, 0b1_01, 0x_1f
----
?
==== ranges and chains
select a[1..10], 1..2, 1.2.3, a.1
----
?
==== junk behind numbers is refused since 15, and read as 14 reads it
select 1a, 1_, 1__0, 1e, 1e+, 1.5x, 0x, 0xG, 0o8, 0b2, 0x1g, 1_000x
----
?
==== a string behind a number
select 1E'a\'b', 0b'01', 0x'1F', 1_000E'a'
----
?
==== signs are operators
select -1, a-1, a -+1, 2--1
----
?
