"""The form of the delivery of a letter: that of 送达, without what hangs on a right."""

from binzhou_xinfang.web.fields import line
from cases.procedure.delivery_entry import PROOFS
from cases.web.procedure.forms.delivery import DeliverForm
from cases.web.procedure.forms.table import with_papers


class _ServeForm(DeliverForm):
    no_proof = line("没有凭证的原因", required=False)


ServeForm = with_papers(_ServeForm, PROOFS)
ServeForm.__name__ = "ServeForm"
