"""案卷 as one download: index, letters, attachments, the course of events for people and for programs."""

from cases.casefile.whole_file.export import take_out_file, take_out_letters

__all__ = ["take_out_file", "take_out_letters"]
