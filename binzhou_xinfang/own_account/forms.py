"""Forms of the second factor: the code at the sign-in, and the proof that it is the owner who changes something."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from binzhou_xinfang.accounts import locks
from binzhou_xinfang.accounts.forms import ChangePasswordForm
from binzhou_xinfang.accounts.models import Purpose, User
from binzhou_xinfang.own_account import factor
from binzhou_xinfang.sentences import OfficeForm

_HELP = "手机上动态口令程序显示的6位数字；手机不在身边的，输入一个恢复码"


def _code(help_text: str = _HELP, *, focus: bool = False) -> forms.CharField:
    shown = forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": focus})
    return forms.CharField(label="动态口令", max_length=20, widget=shown, help_text=help_text)


def _password() -> forms.CharField:
    hidden = forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True})
    return forms.CharField(label="现在的密码", max_length=128, strip=False, widget=hidden)


class Counted(OfficeForm):
    """The base of forms whose wrong answers count at the doors of the sign-in. `closed_until`: the door is shut."""

    closed_until: datetime | None = None

    def __init__(self, *args: Any, user: User, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.address = user, address

    def clean(self) -> dict[str, Any]:
        """Ask `wrong` unless the door is closed, and count what is wrong."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        name, at = self.user.username, timezone.now()
        self.closed_until = locks.closed_until(Purpose.SIGN_IN, name=name, address=self.address, at=at)
        if self.closed_until is None and (mistakes := self.wrong(said, at)):
            self.closed_until = locks.count(Purpose.SIGN_IN, name=name, address=self.address, at=at)
            for field, words in mistakes.items():
                self.add_error(field, words)
        if self.closed_until is not None:
            wait = locks.wait_words(self.closed_until, at=at)
            raise ValidationError(f"输错次数过多，请等待{wait}后再试。")
        return said

    def wrong(self, said: dict[str, Any], at: datetime) -> dict[str, str]:
        """Word what is wrong, by field; nothing when all is right."""
        raise NotImplementedError


class CodeForm(Counted):
    """动态口令，登录时输入。"""

    code = _code(focus=True)

    def wrong(self, said: dict[str, Any], at: datetime) -> dict[str, str]:
        return {} if factor.verify(self.user, said["code"], at=at) else {"code": factor.WRONG_CODE}


class OwnerForm(Counted):
    """现在的密码，和已经启用的动态口令。"""

    password = _password()
    code = _code()

    def __init__(self, *args: Any, user: User, address: str, **kwargs: Any) -> None:
        super().__init__(*args, user=user, address=address, **kwargs)
        if not factor.in_use(user):
            del self.fields["code"]

    def wrong(self, said: dict[str, Any], at: datetime) -> dict[str, str]:
        # The password first: a code is not used up for nothing.
        if not self.user.check_password(said["password"]):
            return {"password": "密码不正确，请重新输入。"}
        if "code" in self.fields and not factor.verify(self.user, said["code"], at=at):
            return {"code": factor.WRONG_CODE}
        return {}


_FIRST_HELP = "用手机扫描上面的二维码后，手机显示的6位数字"


class SetUpForm(Counted):
    """动态口令的第一个口令：证明手机已经装好。"""

    code = _code(help_text=_FIRST_HELP)

    def wrong(self, said: dict[str, Any], at: datetime) -> dict[str, str]:
        """Find nothing wrong here: the verb takes the code, or refuses it."""
        return {}


class OwnSetUpForm(SetUpForm):
    """启用动态口令：现在的密码和第一个口令。"""

    password = _password()
    field_order = ("password", "code")

    def wrong(self, said: dict[str, Any], at: datetime) -> dict[str, str]:
        return {} if self.user.check_password(said["password"]) else {"password": "密码不正确，请重新输入。"}


class OwnPasswordForm(ChangePasswordForm):
    """修改密码：已经启用动态口令的，一并输入。"""

    code = _code()

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        del self.fields["old_password"].widget.attrs["autofocus"]
        if not factor.in_use(user):
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        """Ask for the code once everything else is right: a code is not used up for nothing."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "code" not in self.fields or self.errors:
            return said
        name, at = self.user.get_username(), timezone.now()
        if not factor.verify(self.user, said["code"], at=at):
            until = locks.count(Purpose.SIGN_IN, name=name, address=self.address, at=at)
            closed = f"输错次数过多，请等待{locks.wait_words(until, at=at)}后再试。" if until else factor.WRONG_CODE
            self.add_error("code", closed)
        return said
