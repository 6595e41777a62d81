"""Choices that a page would send though nobody has made them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class _List:
    name: str
    is_meant: bool
    values: list[str] = field(default_factory=list)
    chosen: str | None = None

    @property
    def sent(self) -> str:
        return self.chosen if self.chosen is not None else self.values[0] if self.values else ""


class _Forms(HTMLParser):
    """Choices in forms that are sent by POST."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.lists: list[_List] = []
        self.radios: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        if tag == "form":
            self.inside = (of.get("method") or "").lower() == "post"
        elif not self.inside:
            return
        elif tag == "select":
            self.lists.append(_List(of.get("name") or "", "data-proposed" in of))
        elif tag == "option" and self.lists:
            self.lists[-1].values.append(of.get("value") or "")
            if "selected" in of:
                self.lists[-1].chosen = of.get("value") or ""
        elif tag == "input" and of.get("type") == "radio" and "checked" in of and "data-proposed" not in of:
            self.radios.append(of.get("name") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def decided_in(html: str) -> set[str]:
    """Find the choices of the page that are made already, but for those that their form declares to propose."""
    forms = _Forms()
    forms.feed(html)
    asked = [one for one in forms.lists if not one.is_meant and "unknown" not in one.values and len(one.values) > 1]
    made = {one.name for one in asked if one.sent}
    return made | set(forms.radios)
