"""复查 and 复核: the request, and the opinion of the body above."""

from cases.procedure.review import hearing, opinions, request_days, requests, taking_on, withdrawing
from cases.procedure.review.opinions import Decision

__all__ = ["Decision", "hearing", "opinions", "request_days", "requests", "taking_on", "withdrawing"]
