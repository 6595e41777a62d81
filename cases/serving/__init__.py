"""文书送达: of each letter that has to reach its reader so that it can be shown, how it did.

Which letters these are says their kind (`LetterKind.served`); opinions have moves of their own. Until it is made, each
is owed by a day (`dues`); a record changes no state and no clock of the matter. `verbs.record_delivery` writes one,
`standing.served_letters` tells them all.
"""
