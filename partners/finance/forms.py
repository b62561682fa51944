"""What people on finance duty write and look for."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.finance.selectors.books import BalanceRow, Wanted, payable_named
from payments.fapiao.enums import FailReason
from payments.ledger.enums import AccountKind


class LedgerFilter(forms.Form):
    """Entries of one account, of one thing, of some days."""

    account = forms.ChoiceField(label=_("账户"), required=False)
    about = forms.CharField(label=_("订单号"), required=False, max_length=60)
    since = forms.DateField(
        label=_("从"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("到"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, rows: list[BalanceRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(row.key, f"{row.kind.label} {row.owner_name}".strip()) for row in rows]
        self.fields["account"].choices = [("", _("全部账户")), *names]

    def clean_about(self) -> tuple[str, int] | None:
        """What the entries are about."""
        written = self.cleaned_data["about"].strip()
        if not written:
            return None
        found = payable_named(written)
        if found is None:
            raise forms.ValidationError(_("没有这个订单号。"))
        return found

    @property
    def wanted(self) -> Wanted:
        """What is looked for; nothing in particular while something written is wrong."""
        if not self.is_valid():
            return Wanted()
        data = self.cleaned_data
        kind, _colon, owner = data["account"].partition(":")
        return Wanted(
            AccountKind(kind) if kind else None, owner, data["about"], since=data["since"], until=data["until"]
        )


class NumberForm(forms.Form):
    """The number under which the tax office keeps a fapiao: 20 digits (or 8 to 12 of the older kind)."""

    number = forms.CharField(
        label=_("发票号码"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("请填发票号码。")},
    )
    # What the member of staff saw: a refund may have come in between.
    shown_fen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_number(self) -> str:
        """Digits only."""
        number = "".join(self.cleaned_data["number"].split())
        if not re.fullmatch(r"\d{8,20}", number):
            raise forms.ValidationError(_("发票号码是 8 到 20 位数字。"))
        return number


class FailForm(forms.Form):
    """Why a fapiao cannot be issued."""

    reason = forms.ChoiceField(label=_("原因"), choices=FailReason.choices, widget=forms.RadioSelect)
