"""Asking for a fapiao."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payments.fapiao.enums import TitleKind
from payments.fapiao.services import Title
from payments.fapiao.tax_numbers import clean_tax_number, is_tax_number


class TitleForm(forms.Form):
    """Whom a fapiao names and where it goes."""

    title_kind = forms.ChoiceField(
        label=_("抬头类型"), choices=TitleKind.choices, widget=forms.RadioSelect, initial=TitleKind.PERSONAL
    )
    buyer_name = forms.CharField(
        label=_("发票抬头"),
        help_text=_("个人写姓名；单位写营业执照上的全称。"),
        max_length=100,
        error_messages={"required": _("请写发票抬头。")},
    )
    tax_number = forms.CharField(
        label=_("统一社会信用代码（税号）"),
        help_text=_("开给单位时要填，18 位。"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    email = forms.EmailField(
        label=_("收发票的邮箱"),
        error_messages={"required": _("请写一个收发票的邮箱。"), "invalid": _("这个邮箱好像写错了。")},
    )

    def clean_tax_number(self) -> str:
        """As it is kept."""
        return clean_tax_number(self.cleaned_data["tax_number"])

    def clean(self) -> dict[str, Any]:
        """A company has a number that checks; a person has none."""
        cleaned = super().clean() or {}
        number = cleaned.get("tax_number", "")
        if cleaned.get("title_kind") != TitleKind.COMPANY:
            return cleaned | {"tax_number": ""}
        if not number:
            self.add_error("tax_number", _("开给单位要填税号。"))
        elif not is_tax_number(number):
            self.add_error("tax_number", _("税号对不上，请照营业执照再核对一遍：18 位，没有字母 I、O、S、V、Z。"))
        return cleaned

    @property
    def title(self) -> Title:
        """What was written; only after is_valid()."""
        data = self.cleaned_data
        return Title(
            TitleKind(data["title_kind"]), data["buyer_name"].strip(), data["tax_number"], data["email"].strip()
        )
