"""日程: places, bookings of places, persons and units, and the calendar on which every room puts its entries.

`bookings.book` takes all that is named or nothing; who comes second is told by whom it was taken. The database refuses
a double booking by itself (`models.booking`). Another room adds a `entries.Source` to `entries.SOURCES` at the start:
page and `.ics` read them all. The feed of a person tells of no petitioner, and its address can be revoked.
"""
