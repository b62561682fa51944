"""Model fields whose column holds only ciphertext, bound to its table, row and column.

Python sees plain values, opened when they are first read. The database can neither search nor compare them.
"""

import json
import threading
import weakref
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.expressions import F
from django.db.models.query_utils import DeferredAttribute

from . import sealing
from .errors import KeyDestroyed, NotSearchable
from .sealed import ERASED, Sealed


class _LastOpened(threading.local):
    """The value this thread opened last: refresh_from_db() hands values, not what sealed them, from row to row."""

    sealed: "weakref.ref[Sealed] | None" = None


_last_opened = _LastOpened()


class SealedAttribute(DeferredAttribute):
    """Opens a sealed value when it is first read, and keeps only sealed ones in the instance."""

    field: "EncryptedField"

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            super().__get__(instance, cls)  # deferred: fetched now
        held = instance.__dict__[self.field.attname]
        if held is None:
            return None
        if not held.is_open:
            sealing.open_sealed(instance, self.field)
        _last_opened.sealed = weakref.ref(held)
        return held.plain

    def __set__(self, instance: models.Model, value: Any) -> None:
        held = instance.__dict__.get(self.field.attname)
        if value is None or isinstance(value, Sealed):
            instance.__dict__[self.field.attname] = value
        elif held is None or held.plain is not value:
            opened = _last_opened.sealed() if _last_opened.sealed else None
            same = opened.again() if opened and opened.plain is value else None
            instance.__dict__[self.field.attname] = same or Sealed(plain=value)


class EncryptedField(models.Field):
    """What both encrypted fields share.

    Args:
        subject: dotted path from the row to the UUID of the person the value is about, followed when the row is written.
    """

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, subject: str, **options: Any) -> None:
        self.subject = subject
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"subject": self.subject}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def dumps(self, value: Any) -> str:
        """Return the text that is sealed; "" is kept as an empty column."""
        raise NotImplementedError

    def loads(self, text: str) -> Any:
        """Return the value a text stood for."""
        raise NotImplementedError

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        held = model_instance.__dict__.get(self.attname)
        if held is None:
            return None
        if add and held.ciphertext and not held.is_open:
            sealing.open_sealed(model_instance, self)  # refuses a ciphertext that was taken from another row
        if held.plain is ERASED:
            if add:
                raise KeyDestroyed("an erased value cannot be written again")
            return F(self.name)
        return sealing.close(model_instance, self, held)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Sealed):
            value = value.ciphertext
        if value is None:
            return None
        if value == "" and self.empty_strings_allowed:
            value = b""  # a column's default
        if not isinstance(value, bytes):
            raise NotSearchable(f"{self.name} is sealed: write it by save() or bulk_create(), never by update()")
        return connection.Database.Binary(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise NotSearchable(f"{self.name} is sealed: no query can look into it ({lookup_name})")

    def value_to_string(self, obj: models.Model) -> str:
        return repr(Sealed())


class EncryptedTextField(EncryptedField, models.TextField):
    """A text of grade L4; `max_length` limits what forms take."""

    def dumps(self, value: Any) -> str:
        return str(value)

    def loads(self, text: str) -> str:
        return text


class EncryptedJSONField(EncryptedField):
    """A JSON value of grade L4, keys and all."""

    empty_strings_allowed = False

    def dumps(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)

    def loads(self, text: str) -> Any:
        return json.loads(text)

    def formfield(self, **options: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": forms.JSONField} | options)
