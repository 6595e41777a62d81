"""Every column that names a unit or a person says what a hand-over does with it, so that no new life is forgotten."""

import pytest

from cases.handover.belongings import BELONGINGS, Moves, check_belongings, owners


def test_every_column_has_its_rule() -> None:
    assert check_belongings(None) == []


@pytest.mark.parametrize("key", ["cases.Deadline.unit", "supervision.SupervisionCase.unit", "cases.LetterDraft.unit"])
def test_a_column_without_a_rule_is_named(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setattr(BELONGINGS, "entries", {name: rule for name, rule in BELONGINGS.items() if name != key})
    assert [str(fault.msg) for fault in check_belongings(None)] == [f"{key}：没有写明承接移交时移交还是作为历史保留"]


def test_what_is_in_hand_goes_along() -> None:
    moving = {key for key, rule in BELONGINGS.items() if isinstance(rule, Moves)}
    assert moving <= set(owners())
    assert {
        "cases.PetitionCase.holder", "cases.PetitionCase.responsible", "cases.Deadline.unit", "cases.CoHandling.unit",
        "cases.Review.body", "cases.LetterDraft.unit", "supervision.SupervisionCase.office",
        "supervision.SupervisionCase.unit", "supervision.Circular.office",
    } <= moving  # fmt: skip
