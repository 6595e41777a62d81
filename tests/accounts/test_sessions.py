"""Sessions end when nobody works with them, and at the latest at the end of the day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.cache import SessionStore

from binzhou_xinfang.accounts.sessions import begin, prolong

NOW = datetime(2026, 10, 9, 9, 0, tzinfo=UTC)


@pytest.fixture
def session(settings):
    settings.SESSION_IDLE_SECONDS, settings.SESSION_COOKIE_AGE = 1800, 8 * 3600
    session = SessionStore()
    begin(session, at=NOW)
    return session


def test_a_new_session_lives_for_one_idle_period(session):
    assert session.get_expiry_age() == 1800


def test_a_click_within_the_minute_is_not_written_down(session):
    session.modified = False
    prolong(session, at=NOW + timedelta(seconds=59))
    assert session.modified is False


def test_a_click_after_a_minute_starts_another_idle_period(session):
    session.modified = False
    prolong(session, at=NOW + timedelta(seconds=60))
    assert (session.modified, session.get_expiry_age()) == (True, 1800)


def test_the_last_clicks_of_the_day_do_not_reach_beyond_its_limit(session):
    prolong(session, at=NOW + timedelta(hours=7, minutes=50))
    assert session.get_expiry_age() == 600


def test_a_session_that_nobody_signed_in_is_left_alone():
    session = SessionStore()
    prolong(session, at=NOW)
    assert session.modified is False
