"""People and tokens for the load of a system under faults; run in that system's environment, it prints them as JSON."""

import json
import os
import sys
from datetime import timedelta

import django

PASSWORD = "crash-2026-load"
DAYS = timedelta(days=2)


def prepare() -> dict[str, str]:
    """Make the posts of the office that has most to do, a token for each, and a password for its clerk."""
    from django.utils import timezone  # noqa: PLC0415  the settings are read by `django.setup`

    from binzhou_xinfang.accounts.tokens import make_token  # noqa: PLC0415
    from cases.made_up.synthetic.cast import gather  # noqa: PLC0415

    now = timezone.now()
    today = timezone.localdate(now)
    cast = gather(on=today, since=today - timedelta(days=30), seed=1)
    office = next(one for one in cast.offices if one.near)
    clerk = office.clerk.user
    clerk.set_password(PASSWORD)
    clerk.save()
    desk = cast.desks[office.near[0]]
    return {
        "username": clerk.username,
        "clerk": make_token(clerk, name="load", days=3, at=now, post=office.clerk),
        "registrar": make_token(office.registrar.user, name="load", days=3, at=now, post=office.registrar),
        "region": office.unit.area.code,
        "topic": cast.topics[0].code,
        "unit": desk.unit.code,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_xinfang.settings")
    sys.path.insert(0, os.getcwd())
    django.setup()
    print(json.dumps(prepare()))
