"""Forms for signing in and for passwords."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    SetPasswordForm,
)
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts import locks, passwords
from binzhou_xinfang.accounts.models import Purpose, User
from binzhou_xinfang.sentences import Speaking

if TYPE_CHECKING:
    _SetPasswordForm = SetPasswordForm[User]
else:
    _SetPasswordForm = SetPasswordForm


class SignInForm(Speaking, AuthenticationForm):
    """Sign-in by name and password. A wrong name and a wrong password read alike.

    Of too many tries (`locks`) it says until when nobody is let in, the right password either: `closed_until`.
    """

    error_messages = {
        "invalid_login": "用户名或密码不正确，请重新输入。连续输错5次将暂时锁定，再输错锁定时间加倍。",
        "inactive": "此账号已停用，请联系系统管理员。",
    }
    closed_until: datetime | None = None

    @property
    def address(self) -> str:
        """The address that the request came from."""
        return str(self.request.META.get("REMOTE_ADDR", "")) if self.request else ""

    def clean(self) -> dict[str, Any]:
        """Let in by name and password unless the door is closed; what is wrong is counted, known name or not."""
        name, at = str(self.cleaned_data.get("username", "")), timezone.now()
        self.closed_until = locks.closed_until(Purpose.SIGN_IN, name=name, address=self.address, at=at)
        if self.closed_until is None:
            try:
                cleaned: dict[str, Any] = super().clean()
            except ValidationError:
                self.closed_until = locks.count(Purpose.SIGN_IN, name=name, address=self.address, at=at)
                if self.closed_until is None:
                    raise
            else:
                return cleaned
        raise ValidationError(f"登录已暂时锁定，请等待{locks.wait_words(self.closed_until, at=at)}后再试。")

    def clean_username(self) -> str:
        """Take a name longer than any account's for nobody's: no row of the lock-out could hold it."""
        username: str = self.cleaned_data["username"]
        if len(username) > (self.username_field.max_length or 0):
            raise self.get_invalid_login_error()
        return username


_NOT_TWICE: dict[str, Any] = {"password_mismatch": "两次输入的新密码不一致，请重新输入。"}


class NewPasswordForm(Speaking, _SetPasswordForm):
    """A password chosen by its owner; from now on nobody else knows it. The auditor reads that it was changed."""

    error_messages = _NOT_TWICE

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        at = timezone.now()
        passwords.put(self.user, self.cleaned_data["new_password1"], at=at, by_owner=True)
        passwords.CHANGED(self.user, at)
        return self.user


class ChangePasswordForm(NewPasswordForm, PasswordChangeForm):
    """The same for somebody who is signed in and has to give the present password first."""

    field_order = ["old_password", "new_password1", "new_password2"]
    error_messages = _NOT_TWICE | {"password_incorrect": "现在的密码不正确，请重新输入。"}
    address = ""

    def clean_old_password(self) -> str:
        """Take the present password; wrong ones are counted with those of the sign-in."""
        name, at = self.user.get_username(), timezone.now()
        until = locks.closed_until(Purpose.SIGN_IN, name=name, address=self.address, at=at)
        if until is None:
            try:
                return str(super().clean_old_password())
            except ValidationError:
                until = locks.count(Purpose.SIGN_IN, name=name, address=self.address, at=at)
                if until is None:
                    raise
        raise ValidationError(f"输错次数过多，请等待{locks.wait_words(until, at=at)}后再试。")
