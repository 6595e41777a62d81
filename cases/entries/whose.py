"""Entries that say who claims what, and of whom: nobody corrects them in his own cause (第四十条、第四十六条).

Every entry that is not free here is one of the claim, a new one too.
"""

from collections.abc import Mapping

_CONTACT = "how the petitioner is reached"
_DESK = "how it came in, as who took it in knows"
_FIGURE = "counted for the figures of volume; changes no duty and no right"
_DAY = "its own rule: a later day is never given by who gains by it (`procedure.correcting`)"

FREE: Mapping[str, Mapping[str, str]] = {
    "Petitioner": {
        **dict.fromkeys(("phone", "landline", "email", "address", "address_region"), _CONTACT),
        **dict.fromkeys(("household_region", "residence_region"), _CONTACT),
        **dict.fromkeys(
            ("sex", "ethnicity", "political_status", "occupation", "employer", "is_key_person", "is_id_verified"),
            _FIGURE,
        ),
    },
    "Petition": {
        **dict.fromkeys(("source", "external_id", "addressed_to", "window"), _DESK),
        "affected_people": _FIGURE,
        **dict.fromkeys(("arrived_on", "postmarked_on"), _DAY),
    },
    "PetitionCase": {
        **dict.fromkeys(("region_detail", "reason", "enterprise", "threat", "threat_detail", "follows"), _DESK),
        **dict.fromkeys(("is_skip_level", "is_livelihood", "is_cross_border"), _FIGURE),
    },
}


def is_of_claim(entry: str) -> bool:
    """Check that the entry, as `Correction` keeps it (`Petitioner.name`), says who claims what, and of whom."""
    table, _, name = entry.partition(".")
    return name not in FREE.get(table, {})
