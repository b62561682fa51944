"""What a family fills in when sending something back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.enums import ReturnRule

from .selectors import LineReturn


class ReturnForm(forms.Form):
    """How many, why if one likes, and that it is unopened where only such goods come back."""

    quantity = forms.TypedChoiceField(
        label=_("退几件"), coerce=int, error_messages={"invalid_choice": _("请选择退几件。")}
    )
    reason = forms.CharField(
        label=_("原因"),
        help_text=_("可以不写。"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_unopened = forms.BooleanField(
        label=_("没有拆封"), required=False, error_messages={"required": _("拆封以后不能退。没有拆封的话，请勾选。")}
    )

    def __init__(self, *args: Any, line: LineReturn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"].choices = [(n, str(n)) for n in range(1, line.units + 1)]  # type: ignore[attr-defined]
        if line.line.return_rule == ReturnRule.UNOPENED:
            self.fields["is_unopened"].required = True
        else:
            del self.fields["is_unopened"]


class SentForm(forms.Form):
    """That the parcel was handed in."""

    carrier = forms.CharField(label=_("快递公司"), max_length=30, error_messages={"required": _("请填写快递公司。")})
    tracking_number = forms.CharField(
        label=_("运单号"), max_length=40, error_messages={"required": _("请填写运单号。")}
    )
