"""Outside numbers of 检举控告, kept apart by the database: nobody learns by such a number that a report is here
(第三十条第三款), so a second arrival under it is taken in like any other."""

import pgtrigger

SET_APART = pgtrigger.Trigger(
    name="outside_number_set_apart",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("case_id", "channel", "external_id"),  # type: ignore[no-untyped-call]
    func="""
        NEW.is_apart := NEW.external_id <> ''
            AND (SELECT is_sealed FROM cases_petitioncase WHERE id = NEW.case_id);
        RETURN NEW;
    """,
)
# What is unsealed is compared again, unless an ordinary arrival bears the number by now.
FOLLOWS_THE_SEAL = pgtrigger.Trigger(
    name="outside_numbers_follow_the_seal",
    level=pgtrigger.Row,
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("is_sealed"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Q(old__is_sealed__df=pgtrigger.F("new__is_sealed")),
    func="""
        UPDATE cases_petition mine SET is_apart = NEW.is_sealed OR EXISTS (
            SELECT FROM cases_petition other
            WHERE other.channel = mine.channel AND other.external_id = mine.external_id
            AND other.id <> mine.id AND NOT other.is_apart
        ) WHERE mine.case_id = NEW.id AND mine.external_id <> '';
        RETURN NULL;
    """,
)
