"""What young people fill in to come in, and to come in again."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import login_names
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.accounts.selectors import agreements_for

from .forms import BirthDateWidget
from .models import Child

#: A screen that asks for an age must not say which ages it is for: so many years are offered.
_YEARS_OFFERED = 60


def _nickname(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=Child._meta.get_field("nickname").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("请写一个称呼。")},
    )


def _login_name(**kwargs: Any) -> forms.CharField:
    attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    messages = {"required": _("请填登录名。")}
    return forms.CharField(
        label=_("登录名"), max_length=60, widget=forms.TextInput(attrs=attrs), error_messages=messages, **kwargs
    )


def _new_password(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("至少 8 位，不要全是数字，也不要太常见。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": _("请填密码。")},
    )


class BirthDateForm(forms.Form):
    """When somebody was born; asked plainly, with no hint what follows."""

    born_on = forms.DateField(
        label=_("你的出生日期"),
        error_messages={"required": _("请选择出生年、月、日。"), "invalid": _("没有这一天，请再选一次。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["born_on"].widget = BirthDateWidget(years=_YEARS_OFFERED)

    def clean_born_on(self) -> Any:
        born_on = self.cleaned_data["born_on"]
        if born_on > timezone.localdate():
            raise ValidationError(_("出生日期还没到，请检查一下年份和月份。"))
        return born_on


class YoungAccountForm(forms.Form):
    """A young person's account: no phone, no e-mail, no real name.

    The texts shown are sent along, so that nobody accepts a version they did not see.
    """

    nickname = _nickname(_("怎么称呼你"), _("小名或网名就好，不要写真名。"))
    login_name = _login_name(help_text=_("登录时用，3–30 个字，可以用中文、字母和数字。不要用真名和学号。"))
    password1 = _new_password(_("密码"))
    versions = forms.CharField(widget=forms.HiddenInput, required=False)
    agree = forms.BooleanField(
        label=_("我看过了，同意"), error_messages={"required": _("请先看一眼上面的约定，同意后再注册。")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreements = list(agreements_for(Role.TEEN))

    def versions_shown(self) -> str:
        """Return which texts the page shows."""
        return ",".join(str(agreement.pk) for agreement in self.agreements)

    def clean_nickname(self) -> str:
        nickname = " ".join(self.cleaned_data["nickname"].split())
        if not nickname:
            raise ValidationError(_("请写一个称呼。"))
        return nickname

    def clean_login_name(self) -> str:
        name = login_names.login_name(self.cleaned_data["login_name"])
        if name is None:
            raise ValidationError(_("登录名要 3–30 个字，至少有一个字母或汉字，可以加数字、点和横线。"))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("versions") != self.versions_shown():
            self.add_error("agree", _("约定刚刚有更新，请再看一眼。"))
        if cleaned.get("password1"):
            known = User(nickname=cleaned.get("nickname", ""), login_name=cleaned.get("login_name"))
            try:
                get_adapter().clean_password(cleaned["password1"], user=known)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def account(self) -> dict[str, str]:
        """Return what the services ask for."""
        data = self.cleaned_data
        return {"nickname": data["nickname"], "login_name": data["login_name"], "password": data["password1"]}


class AskParentForm(forms.Form):
    """How the parent knows who asks."""

    nickname = _nickname(_("家里人怎么叫你"), _("小名就好，让家长知道是你在请 TA。"))

    clean_nickname = YoungAccountForm.clean_nickname


class RecoverForm(forms.Form):
    """A login name, a printed code, and the new password."""

    login_name = _login_name()
    code = forms.CharField(
        label=_("恢复码"),
        help_text=_("12 位，像 abcd-efgh-2345。打印下来的，或者监护人帮你拿到的都可以。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("请填恢复码。")},
    )
    password1 = _new_password(_("新密码"))

    def clean_login_name(self) -> str:
        return login_names.normal(self.cleaned_data["login_name"])

    def clean_password1(self) -> str:
        return get_adapter().clean_password(self.cleaned_data["password1"])
