"""Personal data at rest: the encrypted column, and the keyed digest by which it is found again.

A stored value is: format byte 0x01, length of the key id, key id, nonce (12 bytes), AES-256-GCM ciphertext with tag.
Table and column are authenticated with it, so a value that is moved to another column cannot be read there.
"""

import base64
import binascii
import hmac
import json
import os
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from binzhou_xinfang.typed import key, spelled

FORMAT = b"\x01"
NONCE_LENGTH = 12


class DecryptionError(Exception):
    """A stored value was altered, belongs to another column, or its key is not among the configured ones."""


class Keyring(NamedTuple):
    """The configured keys; `head` opens every value that the first key writes."""

    head: bytes
    writer: AESGCM
    readers: Mapping[bytes, AESGCM]


@lru_cache(maxsize=8)
def read_keyring(keys: str) -> Keyring:
    """Parse `id:base64,id:base64` (32 bytes each); the first key writes, all can read."""
    readers: dict[bytes, AESGCM] = {}
    for entry in keys.split(","):
        name, _, encoded = entry.strip().partition(":")
        try:
            secret = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise ImproperlyConfigured(f"FIELD_KEYS: the key {name!r} is not base64") from error
        if not name.isascii() or not 0 < len(name) < 256 or len(secret) != 32 or name.encode() in readers:
            raise ImproperlyConfigured(f"FIELD_KEYS: {name!r} needs an id of its own and 32 bytes in base64")
        readers[name.encode()] = AESGCM(secret)
    first = next(iter(readers))
    return Keyring(FORMAT + bytes([len(first)]) + first, readers[first], readers)


def encrypt(text: str, *, column: str) -> bytes:
    """Encrypt `text` for `column` ("table.column"); an empty text stays empty."""
    if not text:
        return b""
    ring = read_keyring(settings.FIELD_KEYS)
    nonce = os.urandom(NONCE_LENGTH)
    return ring.head + nonce + ring.writer.encrypt(nonce, text.encode(), column.encode())


def decrypt(stored: bytes, *, column: str) -> str:
    """Decrypt a stored value. Raises DecryptionError when it cannot be trusted or read."""
    if not stored:
        return ""
    body = 2 + stored[1] if stored[:1] == FORMAT and len(stored) > 1 else 0
    cipher = read_keyring(settings.FIELD_KEYS).readers.get(stored[2:body]) if body else None
    if cipher is None:
        raise DecryptionError(f"{column}: no configured key opens this value")
    nonce = stored[body : body + NONCE_LENGTH]
    try:
        return cipher.decrypt(nonce, stored[body + NONCE_LENGTH :], column.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise DecryptionError(f"{column}: the value was altered or belongs elsewhere") from error


class Written(models.Lookup[Any]):
    """Question whether anything stands in an encrypted column: all that the database can tell of it."""

    lookup_name = "written"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        return f"length({column}) {'>' if self.rhs else '='} 0", params


class Encrypted(models.Field[Any, Any]):
    """Behaviour of a column that only holders of a key can read. It cannot be searched: keep a `digest` beside it, or
    ask `column__written`.

    Never NULL: nothing is stored as empty bytes.
    """

    @cached_property
    def place(self) -> str:
        """Table and column, which every value is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def text_of(self, value: Any) -> str:
        """Write the value as the text that is encrypted."""
        # A text that masks itself (`words.Words`) is kept whole.
        return str.__str__(value) if isinstance(value, str) else str(value)

    def value_of(self, text: str) -> Any:
        """Read the value out of the text."""
        return text

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> bytes | None:
        if value is None:
            return None
        return encrypt(self.text_of(value), column=self.place)

    def from_db_value(self, value: memoryview | None, expression: object, connection: BaseDatabaseWrapper) -> Any:
        return self.value_of("" if value is None else decrypt(bytes(value), column=self.place))

    def get_lookup(self, lookup_name: str) -> type[Written] | None:
        """Refuse every other lookup: two values of one text differ, so a comparison would silently find nothing."""
        return Written if lookup_name == Written.lookup_name else None


class EncryptedTextField(Encrypted):
    """Encrypted column of text. `max_length` limits the characters of the plain text."""

    description = "encrypted text"
    empty_strings_allowed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def to_python(self, value: Any) -> str:
        return value if isinstance(value, str) else "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": forms.CharField, "max_length": self.max_length, **kwargs})


class EncryptedJSONField(Encrypted):
    """Encrypted column of lists and mappings; days and moments are kept as ISO text."""

    description = "encrypted JSON"

    def text_of(self, value: Any) -> str:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))

    def value_of(self, text: str) -> Any:
        return json.loads(text) if text else None


def _phone(value: str) -> str:
    # The extension is of a desk, the number of a person.
    digits = "".join(c for c in spelled(value).partition("转")[0] if c.isdigit())
    # A mobile number has 11 digits; "86" and "0086" before it are the country.
    return digits[-11:] if len(digits) > 11 and digits[:-11] in {"86", "086", "0086"} else digits


def _query_code(value: str) -> str:
    return spelled(value).replace("-", "")


NORMALISED: Mapping[str, Callable[[str], str]] = {
    "id_number": spelled,
    "phone": _phone,
    "address": spelled,
    "query_code": _query_code,
    "name": key,
}


def digest(value: str, *, kind: str) -> bytes:
    """Compute the keyed SHA-256 of the normalised value, the same for every spelling; empty for an empty value.

    `kind` is "id_number", "phone", "address", "query_code" or "name" (KeyError otherwise). Never search with an empty
    digest: it would find everybody of whom the value is not known.
    """
    plain = NORMALISED[kind](value)
    if not plain:
        return b""
    return hmac.digest(settings.DIGEST_KEY.encode(), f"{kind}:{plain}".encode(), "sha256")
