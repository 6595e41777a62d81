"""The advisories: a finding fails the check, no network does not."""

import json
from collections.abc import Sequence

import pytest

from binzhou_xinfang.local import advisories

WEAK = {"name": "django", "version": "1.0", "vulns": [{"id": "PYSEC-2000-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "ours", "skip_reason": "not found on PyPI"}
WELL = {"name": "redis", "version": "8.1.0", "vulns": []}


def answering(status: int, *packages: object):
    def ask(words: Sequence[str]) -> tuple[int, str, str]:
        return status, json.dumps({"dependencies": packages}), ""

    return ask


def test_a_known_weakness_fails_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert advisories.main(answering(1, WELL, WEAK)) == 1
    assert "django 1.0：PYSEC-2000-1，已在1.1中修复" in capsys.readouterr().out


def test_nothing_known_passes_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    assert advisories.main(answering(0, WELL)) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("answer", [None, (1, "", "ConnectionError: Max retries exceeded"), (2, "no json", "")])
def test_without_a_network_it_says_so_and_passes(
    answer: tuple[int, str, str] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert advisories.main(lambda _: answer) == 0
    assert "无法联网" in capsys.readouterr().out


def test_a_mirror_without_advisories_is_told_as_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert advisories.main(answering(0, UNKNOWN, UNKNOWN)) == 0
    assert "本次不核对" in capsys.readouterr().out


def test_a_package_that_the_advisories_do_not_know_is_no_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert advisories.main(answering(0, UNKNOWN, WELL)) == 0
    assert capsys.readouterr().out == ""
