"""页面公用: the frame, refusals in words, lists in pages, serializers derived from forms; the tag library `xinfang`.

- Pages extend `base.html` (staff), `base_plain.html` (citizens, sign-in, errors) or `base_print.html` (block `paper`).
  Blocks of `base.html`: `title`, `crumbs`, `heading`, `actions`, `content`, `bar` (always in sight), `scripts`.
- `doors.staff` and `doors.holds(right)` open a page. A form carries `as_post`, the post its page was made for, and is
  sent by it even when another tab has changed the post.
- `refusals.refusals_at(form)` writes a `Refusal` at its field; one that nobody caught is answered by
  `RefusalMiddleware`: 409, or 403 for `NotPermitted`. A form with errors comes back with 422; a view answers success
  with `redirect(...)`, in a side sheet too. The API says the same sentences (`api.handle_error`).
- `paging.page_of(queryset, by=…, query=request.GET)` walks a long list by cursors; `paging.capped_count` stops
  counting.
- `form_serializers.serializer_for(FormClass)` is the input of the API: page and API keep one set of rules.
- Behaviours are bound by attribute, one small file each in `static/js/`: `form[data-draft]`, `form[data-main]`,
  `button[data-primary]`, `a[data-sheet]`, `table[data-list] tr[data-row] a[data-open]`, `[data-print]`, `[data-copy]`.
"""
