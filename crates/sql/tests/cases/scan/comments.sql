==== comments of both kinds
select 1 -- one; two
, /* three ' " $$ */ 2 --
----
?
==== nested comments
select /* a /* b */ c */ 1 /*/ */ /* /**/ **/, 2 /***/
----
?
==== what opens within a comment and what closes it
/*/**/*/ select 1 /* * / /+ */ + 2 /*-- */
----
?
==== an unterminated comment
select 1 /* a /* b */ ; select 2
----
?
==== sqlcommenter
SELECT 1 /*action='run%20it',purpose='refund%2C%20ticket%207',traceparent='00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'*/;
----
?
==== assertions in two comments, and in a literal
/*purpose='a'*/ SELECT '/*purpose=''b''*/' /* purpose = 'no' */ /*purpose='c'*/
----
?
