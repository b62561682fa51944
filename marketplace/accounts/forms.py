"""allauth's forms in our words: phone first, one password field, agreements at sign-up."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.core import context
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import login_names, selectors, services
from .enums import AgreementKind
from .fields import PhoneField
from .models import User
from .phones import e164
from .security.attempts import CODES, PASSWORDS, may_send_code, trial

NICKNAME_LENGTH = User._meta.get_field("nickname").max_length


def _password_field(field: forms.Field, label: Any, help_text: Any = "") -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = _("请填密码。")


def _show_only(form: forms.Form, fields: dict[str, forms.Field]) -> None:
    """Give the form these fields, in this order, in place of the ones allauth gave it."""
    form.fields = fields


def _email_field(**kwargs: Any) -> forms.EmailField:
    attrs = {"autocomplete": "email", "inputmode": "email", "placeholder": "name@example.com"}
    messages = {"required": _("请填邮箱。"), "invalid": _("邮箱看起来不对，请检查一下，比如 name@example.com。")}
    return forms.EmailField(label=_("邮箱"), widget=forms.EmailInput(attrs=attrs), error_messages=messages, **kwargs)


def _address_field(label: Any, required: Any) -> forms.CharField:
    """A field that takes several kinds of what a person signs in by."""
    attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(
        label=label, max_length=254, widget=forms.TextInput(attrs=attrs), error_messages={"required": required}
    )


class LoginForm(allauth_forms.LoginForm):
    """Phone, e-mail or login name, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = _address_field(_("手机号、邮箱或登录名"), _("请填手机号、邮箱或登录名。"))
        _show_only(self, {"login": address, "password": self.fields["password"]})
        _password_field(self.fields["password"], _("密码"))

    def clean_login(self) -> str:
        written = self.cleaned_data["login"].strip()
        return e164(written) or written

    def user_credentials(self) -> dict[str, str]:
        """Return what the backend asks for; what is neither phone nor e-mail is a login name."""
        credentials = super().user_credentials()
        if "username" in credentials:
            credentials["login_name"] = login_names.normal(credentials.pop("username"))
        return credentials


class RequestLoginCodeForm(allauth_forms.RequestLoginCodeForm):
    """The number a sign-in code goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _show_only(self, {"phone": PhoneField(required=True)})

    def clean_phone(self) -> str:
        if not may_send_code(context.request, self.cleaned_data["phone"]):
            raise get_adapter().validation_error("too_many_login_attempts")
        return super().clean_phone()


class SignupForm(allauth_forms.SignupForm):
    """Sign-up by phone (password as one likes) or by e-mail and password; never both at once.

    `by` says which; the texts shown are sent along, so that nobody accepts a version they did not see.
    """

    by = forms.ChoiceField(choices=[("phone", ""), ("email", "")], widget=forms.HiddenInput, required=False)
    nickname = forms.CharField(
        label=_("怎么称呼你"),
        help_text=_("不必是真名，比如：林女士、小禾爸爸。"),
        max_length=NICKNAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("请写一个称呼，我们好叫你。")},
    )
    versions = forms.CharField(widget=forms.HiddenInput, required=False)
    agree = forms.BooleanField(error_messages={"required": _("请先看一眼约定，同意后再注册。")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreements = list(selectors.agreements_in_force())
        data: Mapping[str, Any] = kwargs.get("data") or {}
        self.is_by_email = (data.get("by") or kwargs.get("initial", {}).get("by")) == "email"
        password = self.fields["password1"]
        password.required = password.widget.is_required = self.is_by_email
        _password_field(password, _("密码"), _("至少 8 位，不要全是数字，也不要太常见。"))
        address = {"email": _email_field()} if self.is_by_email else {"phone": PhoneField(required=True)}
        names = ("nickname", "password1", "by", "versions", "agree")
        _show_only(self, address | {name: self.fields[name] for name in names})
        self.fields["by"].initial = "email" if self.is_by_email else "phone"
        self.fields["agree"].label = self._agreement_sentence()

    def versions_shown(self) -> str:
        """Return which texts the page shows; the template sends this, also after an error."""
        return ",".join(str(agreement.pk) for agreement in self.agreements)

    def _agreement_sentence(self) -> str:
        links = format_html_join(
            gettext("、"),
            '<a href="{}" target="_blank">{}</a>',
            ((reverse("agreement", args=[kind]), kind.label) for kind in AgreementKind),
        )
        return format_html("{} {}", _("我已阅读并同意"), links)

    def clean_versions(self) -> str:
        if self.cleaned_data["versions"] != self.versions_shown():
            raise ValidationError(_("约定刚刚有更新，请再看一眼。"))
        return self.cleaned_data["versions"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for error in self.errors.pop("versions", []):
            self.add_error("agree", error)
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Save, or answer as if: a second sign-up at the same moment is treated as one that came later."""
        self._work_as_for_a_new_account()
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)

    def _work_as_for_a_new_account(self) -> None:
        """Spend on a known address what a new one costs, so that the time taken tells nothing."""
        if self.account_already_exists and self.cleaned_data.get("password1"):
            make_password(self.cleaned_data["password1"])

    def save(self, request: HttpRequest) -> User:
        user = super().save(request)
        services.accept_agreements(user=user, agreements=self.agreements)
        return user


class _CodeForm:
    """A six-digit code, typed or filled in by the phone; spaces and full-width figures are forgiven.

    `target` is the phone or e-mail it was sent to: guesses are counted by it, across all codes.
    """

    label: Any = _("短信验证码")
    wrong: Any = _("验证码不对，再看一眼短信。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = self.label
        field.error_messages["required"] = _("请填 6 位验证码。")
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12"}

    def clean_code(self) -> str:
        written = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        self.cleaned_data["code"] = re.sub(r"\D", "", written)
        guess = trial(context.request, CODES, [self.target()])
        if not guess.begin():
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code = super().clean_code()
        except ValidationError as error:
            is_wrong = error.message == get_adapter().error_messages["incorrect_code"]
            raise (ValidationError(self.wrong) if is_wrong else error) from error
        guess.succeeded()
        return code

    def target(self) -> str:
        """The phone or e-mail the code went to."""
        raise NotImplementedError


class LoginCodeForm(_CodeForm, allauth_forms.ConfirmLoginCodeForm):
    """The code that signs in."""

    def target(self) -> str:
        state = context.request._login_stage.state
        return state.get("phone") or state.get("email") or ""


class VerifyPhoneForm(_CodeForm, allauth_forms.VerifyPhoneForm):
    """The code that proves a number."""

    def target(self) -> str:
        return self.phone or ""


class VerifyEmailForm(_CodeForm, allauth_forms.ConfirmEmailVerificationCodeForm):
    """The code that proves an e-mail address."""

    label = _("邮件里的验证码")
    wrong = _("验证码不对，再看一眼邮件。")

    def target(self) -> str:
        return self.email or ""


class PasswordResetCodeForm(_CodeForm, allauth_forms.ConfirmPasswordResetCodeForm):
    """The code that allows a new password."""

    label = _("邮件里的验证码")
    wrong = _("验证码不对，再看一眼邮件。")

    def target(self) -> str:
        return context.request.session[PASSWORD_RESET_VERIFICATION_SESSION_KEY]["email"]


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Whose password is forgotten: a phone number or an e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _show_only(self, {"login": _address_field(_("手机号或邮箱"), _("请填手机号或邮箱。"))})
        self.phone: str | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        written = cleaned.get("login", "").strip()
        self.phone = e164(written)
        if written and not self.phone:
            try:
                cleaned["email"] = forms.EmailField().clean(written)
                cleaned["email"] = self.clean_email()
            except ValidationError:
                self.add_error("login", _("请填手机号或邮箱，比如 138 0000 0000。"))
        address = self.phone or cleaned.get("email")
        if address and not may_send_code(context.request, address):
            self.add_error("login", get_adapter().error_messages["too_many_login_attempts"])
        return cleaned


class _OnePassword:
    """A new password, typed once: it can be looked at, and forgotten passwords are easy to replace."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2")
        _password_field(self.fields["password1"], _("新密码"), _("至少 8 位，不要全是数字，也不要太常见。"))


class NewPasswordForm(_OnePassword, allauth_forms.ResetPasswordKeyForm):
    """A new password after a code."""


class SetPasswordForm(_OnePassword, allauth_forms.SetPasswordForm):
    """A first password, or a new one after an SMS code."""


class ChangePasswordForm(_OnePassword, allauth_forms.ChangePasswordForm):
    """A new password in place of the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password_field(self.fields["oldpassword"], _("现在的密码"))

    def clean_oldpassword(self) -> str:
        guess = trial(context.request, PASSWORDS, [f"user:{self.user.pk}"])
        if not guess.begin():
            raise get_adapter().validation_error("too_many_login_attempts")
        written = super().clean_oldpassword()
        guess.succeeded()
        return written


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    """The password once more, before something important."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password_field(self.fields["password"], _("密码"))


class AddEmailForm(allauth_forms.AddEmailForm):
    """Another e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _email_field()


class ChangePhoneForm(allauth_forms.ChangePhoneForm):
    """Another phone number."""


class NicknameForm(forms.ModelForm):
    """How a person is called."""

    class Meta:
        model = User
        fields = ["nickname"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nickname"].required = True
        self.fields["nickname"].error_messages["required"] = _("请写一个称呼，我们好叫你。")
        self.fields["nickname"].widget.attrs["autocomplete"] = "nickname"


class AcceptAgreementsForm(forms.Form):
    """Consent to texts that have changed."""

    agree = forms.BooleanField(
        label=_("我已阅读并同意"), error_messages={"required": _("请先看一眼约定，同意后再继续。")}
    )
