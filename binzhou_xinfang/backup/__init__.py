"""Backups that only the office can read: the database of one moment, the files that it names, its keys apart.

Everything is encrypted by age for one recipient (`BACKUP_RECIPIENT`), whose identity does not lie on the server: who
takes the server, or the backups, reads none of them. `making.back_up` writes one and `restoring.restore` brings it back
into an empty database; `keeping.prune` removes what need not be kept any longer. A folder that has its manifest is
whole. docs/fire.md says what to do on the day on which it burns.
"""
