"""案卷: everything of one matter to be looked at: file, course, stations, annexes, charts, papers, presence.

- `dossier.read_dossier` reads all that the page (and the API's file) shows, in a number of queries that does not grow.
- `charts` draws what it is told by pure functions; `whole_file` packs everything as one ZIP, the log line written
  first.
- `presence` notes for a minute in the cache who has a matter open; it is asked for with the header `X-Background`,
  which prolongs no session.
- `disclosure.reveal_people` is the one way to see identities: with a reason, and a line in the log.
"""
