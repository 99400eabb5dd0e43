==== comments of both kinds
select 1 -- one; two
, /* three ' " $$ */ 2 --
----
statements 1
Word select
Number 1
LineComment -- one; two
Punctuation ,
BlockComment /* three ' " $$ */
Number 2
LineComment --

==== nested comments
select /* a /* b */ c */ 1 /*/ */ /* /**/ **/, 2 /***/
----
statements 1
Word select
BlockComment /* a /* b */ c */
Number 1
BlockComment /*/ */
BlockComment /* /**/ **/
Punctuation ,
Number 2
BlockComment /***/

==== what opens within a comment and what closes it
/*/**/*/ select 1 /* * / /+ */ + 2 /*-- */
----
statements 1
BlockComment /*/**/*/
Word select
Number 1
BlockComment /* * / /+ */
Operator +
Number 2
BlockComment /*-- */

==== an unterminated comment
select 1 /* a /* b */ ; select 2
----
statements 1, unclosed
Word select
Number 1
BlockComment /* a /* b */ ; select 2

==== sqlcommenter
SELECT 1 /*action='run%20it',purpose='refund%2C%20ticket%207',traceparent='00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'*/;
----
statements 1
asserted action = run it
asserted purpose = refund, ticket 7
asserted traceparent = 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
Word SELECT
Number 1
BlockComment /*action='run%20it',purpose='refund%2C%20ticket%207',traceparent='00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'*/
Punctuation ;

==== assertions in two comments, and in a literal
/*purpose='a'*/ SELECT '/*purpose=''b''*/' /* purpose = 'no' */ /*purpose='c'*/
----
statements 1
asserted purpose = a
asserted purpose = c
BlockComment /*purpose='a'*/
Word SELECT
String '/*purpose=''b''*/'
BlockComment /* purpose = 'no' */
BlockComment /*purpose='c'*/
