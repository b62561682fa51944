"""A child's profile as a guardian fills it in."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .age_rules import ADULT_AT
from .ages import suggested_school_year
from .enums import GuardianshipScope, Relation, SchoolYear
from .models import Child
from .secrets import plain_code


class BirthDateWidget(forms.SelectDateWidget):
    """Year, month and day as three selects, in the order people say them, each with a name for screen readers."""

    def __init__(self, years: int = ADULT_AT) -> None:
        this_year = timezone.localdate().year
        super().__init__(
            years=range(this_year, this_year - years - 1, -1), empty_label=(str(_("年")), str(_("月")), str(_("日")))
        )
        self.months = {number: f"{number}" for number in range(1, 13)}

    @staticmethod
    def _parse_date_fmt() -> list[str]:
        return ["year", "month", "day"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        names = (_("出生年份"), _("出生月份"), _("出生日"))
        for part, label in zip(context["widget"]["subwidgets"], names, strict=True):
            part["attrs"] = {**part["attrs"], "aria-label": str(label)}
        return context


class ChildForm(forms.Form):
    """Nickname, birth date, relation and school year; without a school year the usual one is taken."""

    nickname = forms.CharField(
        label=_("怎么称呼孩子"),
        help_text=_("小名就好，不用写全名。"),
        max_length=Child._meta.get_field("nickname").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请写一个称呼。")},
    )
    born_on = forms.DateField(
        label=_("出生日期"),
        help_text=_("用来判断服务适不适合这个年龄。"),
        error_messages={"required": _("请选择出生年、月、日。"), "invalid": _("没有这一天，请再选一次。")},
    )
    relation = forms.ChoiceField(label=_("你是孩子的"), choices=Relation.choices)
    school_year = forms.TypedChoiceField(
        label=_("年级"),
        help_text=_("不选的话，我们按出生日期推算。"),
        choices=[("", _("按出生日期推算")), *SchoolYear.choices],
        coerce=lambda value: SchoolYear(int(value)),
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["born_on"].widget = BirthDateWidget()

    def clean_nickname(self) -> str:
        nickname = " ".join(self.cleaned_data["nickname"].split())
        if not nickname:
            raise ValidationError(_("请写一个称呼。"))
        return nickname

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        born_on: date | None = cleaned.get("born_on")
        if born_on and cleaned.get("school_year") is None:
            cleaned["school_year"] = suggested_school_year(born_on, timezone.localdate())
        return cleaned


class InviteGuardianForm(forms.Form):
    """How far the invited guardian's word shall go."""

    scope = forms.ChoiceField(
        label=_("TA 可以做什么"),
        choices=[
            (GuardianshipScope.FULL, _("和我一样：看到年龄规则允许看的，管理档案、预约和付款")),
            (GuardianshipScope.BOOKING, _("只代为预约和付款，其他都看不到（比如帮忙的老人）")),
        ],
        initial=GuardianshipScope.FULL,
        widget=forms.RadioSelect,
    )


class AcceptForm(forms.Form):
    """What the new guardian is to the child."""

    relation = forms.ChoiceField(label=_("你是孩子的"), choices=Relation.choices)


class CodeForm(forms.Form):
    """A code that somebody read out."""

    code = forms.CharField(
        label=_("邀请码"),
        help_text=_("8 位字母和数字，大小写都可以。"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("请填邀请码。")},
    )

    def clean_code(self) -> str:
        return plain_code(self.cleaned_data["code"])
