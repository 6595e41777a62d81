"""Filters kept as tabs: each person's own, by the list."""

from django.db import transaction
from django.http import QueryDict

from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.turns import wait_for
from binzhou_xinfang.web.templatetags.xinfang import CURSORS
from cases.models import SavedFilter

# As many as fit into one line of tabs.
MOST = 8


def tabs_of(user: User, path: str) -> list[SavedFilter]:
    """List what this person keeps of the list at the address."""
    return list(SavedFilter.objects.filter(user=user, path=path))


def narrowed(query: QueryDict) -> str:
    """Write what narrows a list, without the place in it."""
    kept = QueryDict(mutable=True)
    for name in sorted(query):
        if name not in CURSORS and query[name]:
            kept[name] = str(query[name])
    return kept.urlencode()


@transaction.atomic
def save_filter(user: User, *, path: str, name: str, query: QueryDict) -> SavedFilter:
    """Keep a view of a list. Raises Refusal for one without conditions, one too many, or a name that is taken."""
    asked = narrowed(query)
    if not asked:
        raise Refusal("请先选好筛选条件，再保存为标签。", field="name")
    wait_for(f"filters:{user.pk}:{path}")
    kept = {tab.name for tab in tabs_of(user, path)}
    if len(kept) >= MOST:
        raise Refusal(f"每个清单最多保存{MOST}个标签，请先删去不用的。", field="name")
    if name in kept:
        raise Refusal(f"已经有名为“{name}”的标签，请换个名称。", field="name")
    return SavedFilter.objects.create(user=user, path=path, name=name, query=asked)


def forget_filter(user: User, pk: int) -> None:
    """Take one's own tab away; another's is not there."""
    SavedFilter.objects.filter(user=user, pk=pk).delete()
