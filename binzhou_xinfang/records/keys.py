"""Column of the key by which the words of another column are compared."""

from typing import Any

from django.db import models

from binzhou_xinfang import typed


class KeyField(models.CharField[str, str]):
    """Key of the column `of` (`typed.key`), written whenever the row is saved or inserted in bulk; look for
    `typed.key(words)` in it. Whoever saves `of` alone saves this column with it."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        made = typed.key(str(getattr(model_instance, self.of)))[: self.max_length]
        setattr(model_instance, self.attname, made)
        return made
