"""机构、用户、岗位: the tree of units, the people who sign in, the posts by which they act, and the tokens of
programs.

- **An act is done by a post**, never by an account: verbs take `by: Post`. `request.post` is the post in use (header
  `X-Post`, else the session, else the first held), `request.posts` are all that are held today; both together one
  query, when asked.
- `roles.RIGHTS` is the table of rights that are no move of a matter; `roles.has_right(post, right)` asks it.
- A re-organisation closes a unit and names its successor: `Unit.objects.current(on)`, `.under(unit)`, `.rolled_up()`.
- A password set by somebody else is changed before its owner is signed in. A session ends when nobody works with it.
- Of a token only the SHA-256 is kept; it is sent as `Authorization: Token …`, bound to one post or to all of its user.
- There is no administration site: each table is kept on a page of the house (`cases.house`), with reason, second hand
  and event, for superusers too.
- `roles.KEEPERS` exclude each other and work on no matter; what gives a power is a `Grant` of two hands.
"""
