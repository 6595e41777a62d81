"""The answers of a matter as data: how each reached the petitioner, and what the bodies above said of them."""

from datetime import date
from typing import Any

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records.masking import mask_address, mask_name, mask_numbers
from binzhou_xinfang.records.words import in_full
from cases.casefile.annexes import reviews_for
from cases.models import LetterDelivery, PetitionCase, Review
from cases.serving.standing import served_letters

Content = dict[str, Any]


class AnswerTeller:
    """The matter as `post` may read it on a day; `in_full`: persons are named, with their numbers and addresses."""

    def __init__(self, case: PetitionCase, post: Post, *, in_full: bool, on: date) -> None:
        self.case, self.post, self.in_full, self.on = case, post, in_full, on

    def text(self, value: str) -> str:
        """Mask the numbers of persons in free text unless they are told in full."""
        return in_full(value) if self.in_full else mask_numbers(value)

    def deliveries(self) -> list[Content]:
        """Tell how each answer reached the petitioner, and what proves it."""
        return [
            {
                "answer": delivery.answer,
                "answer_label": delivery.get_answer_display(),
                "way": delivery.way,
                "way_label": delivery.get_way_display(),
                "delivered_on": delivery.delivered_on,
                "counts_from": delivery.counts_from,
                "standing": delivery.standing,
                "standing_label": delivery.get_standing_display(),
                "recipient": delivery.recipient if self.in_full else mask_name(delivery.recipient),
                "relation": delivery.get_relation_display(),
                "place": delivery.place if self.in_full else mask_address(delivery.place),
                "item_number": delivery.item_number,
                "cause": self.text(delivery.cause),
                "proof": delivery.proof.name if delivery.proof else "",
                "no_proof": self.text(delivery.no_proof),
                "verdict": self.text(delivery.verdict),
            }
            for delivery in self.case.deliveries.select_related("proof").order_by("pk")
        ]

    def letter_deliveries(self) -> list[Content]:
        """Tell of each letter that has to be delivered so that it can be shown how it was, or that nobody wrote it
        down."""
        return [
            {
                "letter": one.link.label,
                "number": one.link.letter.number,
                "issued_on": one.link.letter.issued_on,
                "delivery": self._letter_delivery(one.delivery) if one.delivery else None,
            }
            for one in served_letters(self.case)
        ]

    def _letter_delivery(self, delivery: LetterDelivery) -> Content:
        return {
            "way": delivery.get_way_display(),
            "delivered_on": delivery.delivered_on,
            "recipient": delivery.recipient if self.in_full else mask_name(delivery.recipient),
            "relation": delivery.get_relation_display(),
            "place": delivery.place if self.in_full else mask_address(delivery.place),
            "item_number": delivery.item_number,
            "cause": self.text(delivery.cause),
            "proof": delivery.proof.name if delivery.proof else "",
            "no_proof": self.text(delivery.no_proof),
        }

    def reviews(self) -> list[Content]:
        """Tell every round at the bodies above, the first first; what a body has only drafted stays with it."""
        return [self._review(review) for review in reversed(reviews_for(self.case, self.post))]

    def _review(self, review: Review) -> Content:
        texts = ("no_proof", "claim", "grounds", "excuse", "hearing", "facts", "basis", "decision", "changed_to")
        days = ("requested_on", "posted_on", "accepted_on", "declined_on", "signed_on", "delivered_on", "published_on")
        return {
            "kind": review.get_kind_display(),
            "body": review.body.name,
            "proof": review.proof.name if review.proof else "",
            "refusal": review.get_refusal_display(),
            "result": review.get_result_display(),
            "redo_days": review.redo_days,
            "recheck_body": review.above.name if review.above else "",
            **{name: self.text(getattr(review, name)) for name in texts},
            **{name: getattr(review, name) for name in days},
        }

    def evaluations(self) -> list[Content]:
        """Tell what the petitioner said of the office and of the unit."""
        return [
            {
                "object": one.get_object_display(),
                "unit": one.unit.name,
                "verdict": one.get_verdict_display(),
                "remark": self.text(one.remark),
                "channel": one.get_channel_display(),
                "given_on": one.given_on,
            }
            for one in self.case.evaluations.select_related("unit")
        ]
