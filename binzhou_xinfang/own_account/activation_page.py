"""Page by which the owner of an account sets a password, with the halves of a code that two hands have given."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts import activating, locks, passwords
from binzhou_xinfang.accounts.entering import address_of
from binzhou_xinfang.accounts.models import Activation, Purpose, User
from binzhou_xinfang.accounts.views import closed
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.refusals import refusals_at

ACTIVATED = ledger.declare("account-activated", "本人用启用码设置密码")
_WRONG = "用户名或者启用码不正确，或者启用码已经用过、已经过期。请核对；仍然不行的，请系统管理员重新申请。"
_NEW = {"autocomplete": "new-password"}


def _half(label: str, whose: str) -> forms.CharField:
    shown = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=20, widget=shown, help_text=f"由{whose}交给您的8个字符")


class ActivateForm(OfficeForm):
    """用启用码设置密码。"""

    username = forms.CharField(label="用户名", max_length=150)
    first = _half("启用码前半段", "系统管理员")
    second = _half("启用码后半段", "安全保密管理员")
    new_password1 = forms.CharField(label="新密码", max_length=128, strip=False, widget=forms.PasswordInput(_NEW))
    new_password2 = forms.CharField(label="再次输入", max_length=128, strip=False, widget=forms.PasswordInput(_NEW))
    activation: Activation | None = None
    closed_until: datetime | None = None

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean(self) -> dict[str, Any]:
        """Find what both halves open, counting what is wrong at the doors of the sign-in; then judge the password."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        name, at = said["username"], timezone.now()
        self.closed_until = locks.closed_until(Purpose.SIGN_IN, name=name, address=self.address, at=at)
        if self.closed_until is None:
            self.activation = activating.find(name, said["first"], said["second"], at=at)
            if self.activation is None:
                self.closed_until = locks.count(Purpose.SIGN_IN, name=name, address=self.address, at=at)
        if self.activation is None:
            raise ValidationError(_WRONG)
        self._judge(said, self.activation.user)
        return said

    def _judge(self, said: dict[str, Any], user: User) -> None:
        if said["new_password1"] != said["new_password2"]:
            self.add_error("new_password2", "两次输入的新密码不一致，请重新输入。")
            return
        try:
            validate_password(said["new_password1"], user)
        except ValidationError as error:
            self.add_error("new_password1", error)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def activate(request: HttpRequest) -> HttpResponse:
    """Ask for both halves and a password; POST sets it, and the person signs in with it."""
    form = ActivateForm(request.POST or None, address=address_of(request))
    if form.is_valid() and form.activation is not None:
        with refusals_at(form):
            _set(form.activation, form.cleaned_data["new_password1"], at=timezone.now())
            messages.success(request, "密码已经设好，请用它登录。")
            return redirect("accounts:sign-in")
    if form.closed_until is not None:
        return closed(request, form.closed_until)
    return render(request, "own_account/activate.html", {"form": form}, status=422 if form.is_bound else 200)


@transaction.atomic
def _set(activation: Activation, password: str, *, at: datetime) -> None:
    user = activating.use(activation, at=at)
    if user is None:
        raise Refusal(_WRONG)
    passwords.put(user, password, at=at, by_owner=True)
    ledger.note(
        ACTIVATED, by=None, at=at, of=f"user:{user.pk}", label=user.name, people=[user],
        changes=[Changed("密码", "待本人设置", "本人已设置")],
    )  # fmt: skip
