"""Input about the partner's money: its account, and what a community spends."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.money import fen_from_yuan
from payments.grants.errors import EvidenceRefused
from payments.grants.evidence import MAX_BYTES, kind_of
from payments.settlement.enums import Channel
from payments.settlement.services.accounts import AccountDetails


class AccountForm(forms.Form):
    """Where the partner wants its money."""

    channel = forms.ChoiceField(label=_("方式"), choices=Channel.choices)
    holder = forms.CharField(label=_("户名"), max_length=60, help_text=_("与营业执照上的名称一致。"))
    number = forms.CharField(label=_("账号"), max_length=60, help_text=_("支付宝账号，或者银行账号。"))
    bank = forms.CharField(label=_("开户行"), max_length=60, required=False, help_text=_("银行转账时填写。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("channel") == Channel.BANK and not cleaned.get("bank"):
            self.add_error("bank", _("银行转账要写开户行。"))
        return cleaned

    def details(self) -> AccountDetails:
        """What was written, for the service."""
        values = self.cleaned_data
        return AccountDetails(Channel(values["channel"]), values["holder"], values["number"], values["bank"])


class SpendForm(forms.Form):
    """What a community spent of its fund, with the receipt."""

    amount = forms.DecimalField(label=_("金额（元）"), min_value=Decimal("0.01"), max_digits=9, decimal_places=2)
    purpose = forms.CharField(
        label=_("用在哪里"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不要写参加者的名字。"),
    )
    evidence = forms.FileField(
        label=_("凭证"),
        help_text=_("发票或收据，PDF、JPG 或 PNG，不超过 5 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    @property
    def amount_fen(self) -> int:
        """The amount in fen."""
        return fen_from_yuan(self.cleaned_data["amount"])

    def clean_evidence(self) -> bytes:
        upload = self.cleaned_data["evidence"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(str(EvidenceRefused()))
        content: bytes = upload.read()
        try:
            kind_of(content)
        except EvidenceRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return content
