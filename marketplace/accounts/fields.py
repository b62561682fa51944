"""Form fields for people's addresses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .phones import e164


class PhoneField(forms.CharField):
    """A phone number as people write it; its clean value is E.164."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["label"] = _("手机号")
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("error_messages", {"required": _("请填手机号。")})
        attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "tel", "placeholder": "138 0000 0000"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        if not written:
            return ""
        number = e164(written)
        if number is None:
            raise ValidationError(_("手机号看起来不对，请检查一下，比如 138 0000 0000。"), code="invalid_phone")
        return number
