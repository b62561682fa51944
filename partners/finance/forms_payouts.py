"""Input about rules, partners' money and funds."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from marketplace.core.money import fen_from_yuan
from payments.grants.enums import MoneyFrom
from payments.settlement.models import FeeVersion
from payments.settlement.services import FeeDraft
from payments.settlement.services.fees import TEXTS

#: How many shares a version can have.
SHARES = 4


class FeeForm(forms.Form):
    """A version of the rules: when it counts, its shares, and its words in both languages."""

    valid_from = forms.DateTimeField(
        label=_("生效时间"),
        help_text=_("至少在公布七天以后。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    price_rules = forms.CharField(label=_("价格规则"), widget=forms.Textarea(attrs={"rows": 4}))
    price_rules_en = forms.CharField(
        label=_("价格规则（英文）"), widget=forms.Textarea(attrs={"rows": 4, "lang": "en"})
    )
    commission_rules = forms.CharField(label=_("服务费规则"), widget=forms.Textarea(attrs={"rows": 4}))
    commission_rules_en = forms.CharField(
        label=_("服务费规则（英文）"), widget=forms.Textarea(attrs={"rows": 4, "lang": "en"})
    )
    refund_rules = forms.CharField(label=_("退款规则"), widget=forms.Textarea(attrs={"rows": 4}))
    refund_rules_en = forms.CharField(
        label=_("退款规则（英文）"), widget=forms.Textarea(attrs={"rows": 4, "lang": "en"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(SHARES):
            self.fields[f"code_{place}"] = forms.CharField(
                label=_("代码"), required=False, max_length=32, validators=[validate_slug]
            )
            self.fields[f"label_{place}"] = forms.CharField(label=_("名称"), required=False, max_length=40)
            self.fields[f"label_en_{place}"] = forms.CharField(label=_("英文名"), required=False, max_length=60)
            self.fields[f"percent_{place}"] = forms.DecimalField(
                label=_("百分比"), required=False, min_value=Decimal("0.01"), max_value=50, decimal_places=2
            )

    def share_rows(self) -> list[list[forms.BoundField]]:
        """The fields of the shares, a row each."""
        return [
            [self[f"{name}_{place}"] for name in ("code", "label", "label_en", "percent")] for place in range(SHARES)
        ]

    def text_fields(self) -> list[forms.BoundField]:
        """The fields of the words."""
        return [self[name] for name in TEXTS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in range(SHARES):
            parts = [cleaned.get(f"{name}_{place}") for name in ("code", "label", "label_en", "percent")]
            if any(parts) and not all(parts):
                self.add_error(f"code_{place}", _("一行要写全：代码、名称、英文名和百分比。"))
        return cleaned

    def draft(self) -> FeeDraft:
        """What was written, for the service."""
        values = self.cleaned_data
        return FeeDraft(
            valid_from=values["valid_from"],
            texts={name: values[name] for name in TEXTS},
            lines=[
                (
                    values[f"code_{place}"],
                    values[f"label_{place}"],
                    values[f"label_en_{place}"],
                    int(values[f"percent_{place}"] * 100),
                )
                for place in range(SHARES)
                if values.get(f"code_{place}")
            ],
        )

    @staticmethod
    def values_of(version: FeeVersion | None, valid_from: datetime) -> Mapping[str, Any]:
        """What the form begins with: a version's words and shares, to be changed."""
        if version is None:
            return {"valid_from": valid_from}
        values: dict[str, Any] = {name: getattr(version, name) for name in TEXTS}
        values["valid_from"] = timezone.localtime(valid_from)
        for place, line in enumerate(version.lines.all()[:SHARES]):
            values[f"code_{place}"], values[f"label_{place}"] = line.code, line.label
            values[f"label_en_{place}"], values[f"percent_{place}"] = line.label_en, Decimal(line.bps) / 100
        return values


class BankAnswerForm(forms.Form):
    """What the bank says of a transfer made by hand."""

    reference = forms.CharField(label=_("银行流水号"), max_length=64)
    arrived = forms.TypedChoiceField(
        label=_("结果"), choices=[("yes", _("已到账")), ("no", _("被退回"))], coerce=lambda value: value == "yes"
    )


class FundForm(forms.Form):
    """A fund for a community."""

    payee = forms.ModelChoiceField(label=_("社区"), queryset=Partner.objects.none())
    title = forms.CharField(label=_("名称"), max_length=60, help_text=_("中性的名字，例如“2026 年秋季活动”。"))
    budget = forms.DecimalField(label=_("预算（元）"), min_value=1, max_digits=11, decimal_places=2)
    starts_on = forms.DateField(label=_("开始"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("结束"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communities = Partner.objects.filter(organisation_type=OrganisationType.COMMUNITY)
        self.fields["payee"].queryset = communities.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("结束不能早于开始。"))
        return cleaned


class AllocationForm(forms.Form):
    """Money to be put into a fund."""

    amount = forms.DecimalField(label=_("金额（元）"), min_value=Decimal("0.01"), max_digits=11, decimal_places=2)
    money_from = forms.ChoiceField(label=_("资金来源"), choices=MoneyFrom.choices)

    @property
    def amount_fen(self) -> int:
        """The amount in fen."""
        return fen_from_yuan(self.cleaned_data["amount"])


class DecisionForm(forms.Form):
    """A yes or no, with a word to the community."""

    answer = forms.CharField(
        label=_("给社区的话"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
