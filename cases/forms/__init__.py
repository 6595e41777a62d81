"""What the office types in. The API's serializers are made of the same forms, so both doors ask the same."""

from cases.forms.fields import AnswersField, PickField
from cases.forms.moves import MOVE_FORMS, MoveForm
from cases.forms.registration import RegistrationForm, RepeatForm

__all__ = ["MOVE_FORMS", "AnswersField", "MoveForm", "PickField", "RegistrationForm", "RepeatForm"]
