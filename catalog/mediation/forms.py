"""What is written in a dispute, and what is decided."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.formatting import yuan_text
from marketplace.core.money import fen_from_yuan
from marketplace.core.uploads.enums import ACCEPT_DOCUMENTS

from .enums import Cause, Topic


class OpenForm(forms.Form):
    """What went wrong."""

    topic = forms.ChoiceField(
        label=_("哪方面"), choices=Topic.choices, widget=forms.RadioSelect, error_messages={"required": _("请选一项。")}
    )
    words = forms.CharField(
        label=_("发生了什么"),
        help_text=_("机构和平台工作人员会看到。写经过就可以，不用写病情。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写下发生了什么。")},
    )


class StatementForm(forms.Form):
    """Something more that one side has to say."""

    words = forms.CharField(
        label=_("补充说明"),
        help_text=_("另一方和平台工作人员会看到。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写下发生了什么。")},
    )
    upload = forms.FileField(
        label=_("照片或文件"),
        help_text=_("可以不传。请先遮住名字和病情。"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT_DOCUMENTS}),
    )


class AppealForm(forms.Form):
    """Why a side asks for the authority."""

    words = forms.CharField(
        label=_("为什么不同意"),
        help_text=_("会转给主管部门。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写下为什么不同意。")},
    )


class RulingForm(forms.Form):
    """Cause, sum and reasons of a decision."""

    cause = forms.ChoiceField(label=_("原因"), choices=Cause.choices, widget=forms.RadioSelect)
    amount = forms.DecimalField(
        label=_("退多少元"), min_value=Decimal("0"), max_digits=9, decimal_places=2, initial=Decimal("0.00")
    )
    reasons = forms.CharField(label=_("理由（双方会看到）"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, left_fen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = _("这一项还可以退 {left}。").format(left=yuan_text(left_fen))

    @property
    def decision(self) -> dict[str, Any]:
        """What the service takes; only after is_valid()."""
        return {
            "cause": Cause(self.cleaned_data["cause"]),
            "refund_fen": fen_from_yuan(self.cleaned_data["amount"]),
            "reasons": self.cleaned_data["reasons"],
        }


class MediationForm(RulingForm):
    """What the authority mediated, with the number of its paper."""

    reference = forms.CharField(label=_("调解书编号"), max_length=40)

    @property
    def decision(self) -> dict[str, Any]:
        return super().decision | {"reference": self.cleaned_data["reference"]}
