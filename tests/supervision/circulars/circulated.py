"""Circulars of May 2025, and what they tell of each unit."""

from datetime import date
from typing import Any

from binzhou_xinfang.accounts.models import Post
from supervision.circulars import verbs as circulars
from supervision.circulars.figures import reckon
from supervision.circulars.verbs import Text
from supervision.figures.figure import Period
from supervision.models import Circular
from tests.office import Office, moment

# 60 days from 3 March 2025 end on Fri 2 May: legal Tue 6 May.
LEGAL = date(2025, 5, 6)
AT = moment(2025, 6, 3)
MAY = Period(date(2025, 5, 1), date(2025, 5, 31), AT.date())


def text(**changes: Any) -> Text:
    return Text(
        **({"title": "关于5月工作的通报", "since": MAY.since, "until": MAY.until, "demands": "限期整改"} | changes)
    )


def drafted(office: Office, *, by: Post | None = None, **changes: Any) -> Circular:
    return circulars.draft(text(**changes), by=by or office.registrar, at=AT)


def signed(office: Office) -> Circular:
    return circulars.sign(drafted(office), by=office.head, at=AT)


def told(office: Office, period: Period = MAY) -> dict[str, dict[str, int]]:
    """Name of the unit → its figures that are not nothing."""
    figures = reckon(office.city, period).figures
    slugs = [column["slug"] for column in figures["columns"]]
    told = {
        row["name"]: {slug: count for slug, count in zip(slugs, row["counts"], strict=True) if count}
        for row in figures["rows"]
    }
    return {name: counts for name, counts in told.items() if counts}


HOUSING = "市住房和城乡建设局"
