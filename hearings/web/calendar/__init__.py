"""日程 on the screen: places, bookings, the calendar of month, week and day, and the feed of a person."""
