"""What finance fills in to make a voucher, and to find an order."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.vouchers.rules import Terms
from marketplace.core.money import fen_from_yuan


def _yuan(label: Any, **fields: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=Decimal("0.01"), max_digits=9, decimal_places=2, **fields)


class VoucherForm(forms.Form):
    """A code, what it takes off, for how long, and how often."""

    code = forms.RegexField(
        r"^[A-Za-z0-9]{4,20}$",
        label=_("优惠码"),
        help_text=_("4 到 20 个字母和数字。不要写任何和健康有关的词。"),
        error_messages={"invalid": _("请用 4 到 20 个字母和数字。")},
    )
    name = forms.CharField(label=_("名称（付款页看不到）"), max_length=40)
    percent = forms.IntegerField(label=_("减百分之几"), min_value=1, max_value=100, required=False)
    amount = _yuan(_("或者减多少元"), required=False)
    minimum = _yuan(_("满多少元可用"), required=False)
    most = _yuan(_("最多减多少元"), required=False)
    total_limit = forms.IntegerField(label=_("一共可以用几次"), min_value=1, required=False)
    person_limit = forms.IntegerField(label=_("每人可以用几次"), min_value=1, required=False, initial=1)
    starts_on = forms.DateField(label=_("从"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=_("到（当天有效）"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("percent") is None) == (cleaned.get("amount") is None) and not self.errors:
            self.add_error("percent", _("比例和金额写一个。"))
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("结束要晚于开始。"))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What `make_voucher` takes; only after is_valid()."""
        data = self.cleaned_data
        return {
            "code": data["code"],
            "name": data["name"],
            "terms": Terms(
                percent=data["percent"],
                amount_fen=_fen(data["amount"]),
                minimum_fen=_fen(data["minimum"]) or 0,
                most_fen=_fen(data["most"]),
                total_limit=data["total_limit"],
                person_limit=data["person_limit"],
            ),
            "starts_at": timezone.make_aware(datetime.combine(data["starts_on"], time.min)),
            "ends_at": timezone.make_aware(datetime.combine(data["ends_on"] + timedelta(days=1), time.min)),
        }


class OrderNumberForm(forms.Form):
    """Which order money is to go back of."""

    number = forms.CharField(label=_("订单号"), max_length=20, error_messages={"required": _("请填写订单号。")})


def _fen(amount: Decimal | None) -> int | None:
    return None if amount is None else fen_from_yuan(amount)
