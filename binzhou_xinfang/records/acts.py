"""Kinds of lines in the log of look-ups."""

from django.db import models


class AccessAct(models.TextChoices):
    """Acts that leave a line in the log."""

    UNMASK = "unmask", "查看完整身份信息"
    FIND_PERSON = "find-person", "按证件或电话查找"
    OPEN = "open", "查看事项"
    OPEN_SEALED = "open-sealed", "查看检举控告"
    LIST_SEALED = "list-sealed", "列表中看到检举控告"
    NOT_FOUND = "not-found", "按编号查找未果"
    PRINT = "print", "打印"
    EXPORT = "export", "导出"
    DOWNLOAD = "download", "下载附件"
    READ_AUDIT = "read-audit", "查阅安全审计"
    SIGN_IN = "sign-in", "登录"
    SIGN_IN_REFUSED = "sign-in-refused", "登录被拒"
    SIGN_OUT = "sign-out", "退出"


def access_acts() -> list[tuple[str, str]]:
    """List the choices; a callable, so that a new act needs no migration."""
    return AccessAct.choices
