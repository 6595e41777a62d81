"""抽取: promised before, told after, reckoned by anybody, and what was altered is found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import InternalError, connection, transaction

from binzhou_xinfang.errors import NotPermitted, Refusal
from cases.models import PetitionCase
from hearings.models import Draw, DrawState, Expert
from hearings.pool import draws, experts
from hearings.pool.checking import findings, published
from hearings.pool.drawing import sha256
from tests.hearings.pool import recompute
from tests.hearings.pool.conftest import NAMES, committed, drawn, listed
from tests.office import MONDAY, Office, moment

pytestmark = pytest.mark.usefixtures("on_monday")


def test_before_the_draw_only_hashes_are_known(office: Office, case: PetitionCase, pool: list[Expert]) -> None:
    draw = committed(office, case)
    told = published(draw)
    assert (sha256(draw.seed), "seed" in told, draw.ranking) == (told["seed_sha256"], False, [])
    assert told["pool"] == sorted(one.code for one in pool)
    assert draw.seed not in json.dumps(draw.events.get().detail)


def test_an_independent_script_draws_the_same_persons(office: Office, case: PetitionCase, pool: list[Expert]) -> None:
    draw = drawn(office, case, "三十七")
    script = subprocess.run(
        [sys.executable, str(Path(recompute.__file__))], input=json.dumps(published(draw)), text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    assert script.stdout.split() == [member.expert.code for member in draw.members.select_related("expert")]
    assert len(script.stdout.split()) == 5


def test_the_word_of_those_who_are_there_counts(office: Office, case: PetitionCase, pool: list[Expert]) -> None:
    draw = drawn(office, case, "三十七")
    assert recompute.members(published(draw) | {"word": ""}) != recompute.members(published(draw))


def test_too_few_are_refused_with_the_number_missing_for_each_reason(office: Office, case: PetitionCase) -> None:
    for name in NAMES[:3]:
        listed(office, name)
    listed(office, NAMES[3], organisation=office.housing.name)
    listed(office, NAMES[4], relatives=["刘某"])
    with pytest.raises(Refusal) as refused:
        committed(office, case)
    assert str(refused.value).startswith(
        "需要5人，专家库中符合条件的只有3人，还缺2人。未列入候选的：在当事单位任职1人、申报的亲属或利害关系人是当事人1人"
    )
    assert not Draw.objects.exists()


@pytest.mark.parametrize("number", [3, 4, 6])
def test_the_members_are_an_odd_number_and_not_fewer_than_five(
    office: Office, case: PetitionCase, pool: list[Expert], number: int
) -> None:
    with pytest.raises(Refusal, match="单数，不少于5人"):
        committed(office, case, number=number)


def test_only_the_unit_that_has_the_matter_draws(office: Office, case: PetitionCase, pool: list[Expert]) -> None:
    with pytest.raises(Refusal, match="没有这个编号的信访事项"):
        committed(office, PetitionCase(number="BZXF-2025-999999"))
    draw = committed(office, case)
    with pytest.raises(NotPermitted):
        draws.draw(draw, word="", by=office.water_handler, at=MONDAY)
    with pytest.raises(Refusal, match="已有封存的候选名单"):
        committed(office, case)


def test_who_withdraws_is_followed_by_the_next_until_nobody_is_left(
    office: Office, case: PetitionCase, pool: list[Expert]
) -> None:
    draw = drawn(office, case)
    for place in (5, 6):
        leaving = draw.members.select_related("expert").filter(withdrawn_at=None).earliest("place")
        draw = draws.replace(
            draw, member=leaving.expert.code, reason="与承办人相识", by=office.handler, at=moment(2025, 3, 31, 8)
        )
        assert draw.members.get(replaces=leaving).expert.code == draw.ranking[place]
    standing = [one for one in draw.members.all() if one.withdrawn_at is None]
    assert len(standing) == 5
    with pytest.raises(Refusal, match="没有可以递补的"):
        draws.replace(draw, member=standing[0].expert.code, reason="生病", by=office.handler, at=MONDAY)
    assert list(findings(draw)) == []


def test_who_has_withdrawn_withdraws_no_second_time(office: Office, case: PetitionCase, pool: list[Expert]) -> None:
    draw = drawn(office, case)
    code = draw.ranking[0]
    draw = draws.replace(draw, member=code, reason="回避", by=office.handler, at=MONDAY)
    with pytest.raises(Refusal, match="不是这次抽取的在任听证员"):
        draws.replace(draw, member=code, reason="回避", by=office.handler, at=MONDAY)


def test_a_discarded_draw_stays_and_another_begins(office: Office, case: PetitionCase, pool: list[Expert]) -> None:
    first = draws.discard(committed(office, case), reason="日期改动", by=office.handler, at=MONDAY)
    second = committed(office, case)
    assert (first.state, first.seed_sha256 == second.seed_sha256) == (DrawState.DISCARDED, False)


def test_the_database_refuses_to_change_what_was_promised(
    office: Office, case: PetitionCase, pool: list[Expert]
) -> None:
    draw = committed(office, case)
    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(pool=draw.pool[1:])
    draw = draws.draw(draw, word="", by=office.handler, at=MONDAY)
    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(ranking=draw.ranking[::-1])


def tampered(draw: Draw, **changes: object) -> None:
    """Change the row as somebody does who may switch the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE hearings_draw DISABLE TRIGGER USER")
        Draw.objects.filter(pk=draw.pk).update(**changes)
        cursor.execute("ALTER TABLE hearings_draw ENABLE TRIGGER USER")


def test_a_pool_that_was_altered_after_its_promise_is_not_drawn_from_and_is_found(
    office: Office, case: PetitionCase, pool: list[Expert], capsys: pytest.CaptureFixture[str]
) -> None:
    draw = committed(office, case)
    call_command("draw_check")
    assert json.loads(capsys.readouterr().out) == {"draws": 1, "altered": {}}
    tampered(draw, pool=draw.pool[1:])
    with pytest.raises(Refusal, match="与封存时公布的校验值不符"):
        draws.draw(Draw.objects.get(pk=draw.pk), word="", by=office.handler, at=MONDAY)
    with pytest.raises(SystemExit):
        call_command("draw_check", draw.pk)
    assert "候选名单与封存时的校验值不符" in capsys.readouterr().out


def test_hashes_that_were_altered_along_with_the_pool_are_found_by_the_chain(
    office: Office, case: PetitionCase, pool: list[Expert]
) -> None:
    draw = committed(office, case)
    tampered(draw, pool=draw.pool[1:], pool_sha256=sha256(*draw.pool[1:]))
    assert list(findings(Draw.objects.get(pk=draw.pk))) == ["候选名单、校验值与封存的记录不符"]


def test_a_ranking_that_was_altered_is_found(office: Office, case: PetitionCase, pool: list[Expert]) -> None:
    draw = drawn(office, case)
    tampered(draw, ranking=draw.ranking[::-1])
    assert "重新计算的排序与登记的排序不符" in list(findings(Draw.objects.get(pk=draw.pk)))


def test_who_ends_after_the_promise_stays_in_the_frozen_pool(
    office: Office, case: PetitionCase, pool: list[Expert]
) -> None:
    draw = committed(office, case)
    experts.end(pool[0], reason="调离", by=office.registrar, at=MONDAY)
    assert len(draws.draw(draw, word="", by=office.handler, at=MONDAY).ranking) == 7


def test_the_load_counts_those_who_stand(office: Office, case: PetitionCase, pool: list[Expert]) -> None:
    draw = drawn(office, case)
    draw = draws.replace(draw, member=draw.ranking[0], reason="回避", by=office.handler, at=MONDAY)
    seen = {one.code: one.load for one in experts.experts.visible(office.handler)}  # type: ignore[attr-defined]
    assert [seen[code] for code in draw.ranking] == [0, 1, 1, 1, 1, 1, 0]
