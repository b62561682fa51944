"""The second step's forms in our words; each guess is counted."""

import re
import unicodedata
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from .attempts import SECOND_STEPS, trial

#: A code stays good for a while (see MFA_TOTP_TOLERANCE); who looked over a shoulder must not use it again.
_USED_FOR_SECONDS = 120


class _CountedCode:
    """Six digits from the app on the phone (or a backup code), typed with or without spaces."""

    label: Any = _("6 位验证码")
    help_text: Any = ""
    user: Any
    fields: dict[str, Any]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.help_text = self.label, self.help_text
        field.error_messages["required"] = _("请填验证码。")
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "16"}

    def clean_code(self) -> str:
        written = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        self.cleaned_data["code"] = code = re.sub(r"\D", "", written)
        guess = trial(context.request, SECOND_STEPS, [f"user:{self.user.pk}"])
        if not guess.begin():
            raise get_account_adapter().validation_error("too_many_login_attempts")
        checked = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"second-step-used:{self.user.pk}:{code}", 1, _USED_FOR_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        guess.succeeded()
        return checked


class AuthenticateForm(_CountedCode, base_forms.AuthenticateForm):
    """The second step of signing in."""

    label = _("验证码")
    help_text = _("手机验证器上的 6 位数字；手机不在身边时，填一个备用码。")


class ReauthenticateForm(_CountedCode, base_forms.ReauthenticateForm):
    """The second step once more, before something important."""

    label = _("验证码")
    help_text = _("手机验证器上的 6 位数字；手机不在身边时，填一个备用码。")


class ActivateTotpForm(_CountedCode, totp_forms.ActivateTOTPForm):
    """The first code of a new app."""

    help_text = _("打开验证器，填它现在显示的 6 位数字。")
