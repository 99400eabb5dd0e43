==== operators as long as possible
select a||b, a->>'b', a<=b, a!=b, a<>b, a@>b, a::int, f(a => 1), f(a := 1), a?|b
----
?
==== comments end operators
select a+--b
c, a*/*b*/c, a/-*b*/c, a<-/**/1, @-- x
----
?
==== plus and minus at the end
select a=-1, a<=-1, a@-1, a?-b, a+-+-1, a!=-1, a*-+1
----
?
==== operators beside brackets
select (a)*(b), a[1]::int[], a.b.*, count(*), :a, a:b
----
?
==== bytes that are nothing
select \d {a} 
----
?
==== an operator of 64 bytes
select a ################################################################ b
----
?
