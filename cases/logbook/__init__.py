"""专项记录: conduct (第二十六条、第四十七条), aid and after-care (第三十七条), and what the personnel bodies were told
(第三十条第二款).

They are no moves: they change no state, and most of them come when a file is closed. `books` is the table of what each
asks, who writes it and when; `verbs` writes and corrects; `after_care` keeps the day of the next visit.
"""
