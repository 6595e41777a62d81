"""留痕: chained events, stored files, the log of look-ups, counters; personal data at rest.

- `events.ChainedEvent` is the abstract table of a chain; a subclass names its chain by `chain_field` and declares
  `events.one_event_per_place`. `events.append` writes the next event; the caller holds the lock on the chain's row. The
  database refuses UPDATE, DELETE and TRUNCATE. `events.seal` is the hash alone, for loaders by COPY.
- `anchors` closes each day over all chains, in the database and in a file outside; `audit.verify` recomputes
  everything.
- `append_only.AppendOnly` with `class Meta(AppendOnly.Meta)` makes any other table append-only; no session can step
  round it.
- `crypto.EncryptedTextField` is AES-GCM in the database and `str` in Python; it cannot be searched: keep a
  `crypto.digest` beside it. `crypto.EncryptedJSONField` is the same for lists and mappings.
- `words.MaskedField` and its like hold what people wrote: read as `words.Words`, which shows itself masked (`masking`)
  wherever it becomes text; `words.in_full` is the exception, for papers, forms and logged looks.
- `packages.look_into` reads an Office file within bounds and refuses what runs or leads out, for every reader.
- `files.store(upload)` keeps a file once, under the SHA-256 of its content, its type decided by the content; never
  executable.
- `counters.take(name)` numbers without gaps, in the caller's transaction.
- `access.log(post, act, subject)` writes one line for every unmasking, export, print and refused sign-in.
"""
