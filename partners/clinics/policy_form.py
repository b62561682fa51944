"""The windows of a cancellation policy as fields: up to four rows of hours, percent and fee."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.cancellation import MAX_HOURS, MAX_WINDOWS, CancellationPolicy, Window, validate_windows
from marketplace.core.money import fen_from_yuan, yuan_from_fen


class PolicyForm(forms.Form):
    """Until when cancelling gives back how much. A row without hours is not there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, MAX_WINDOWS + 1):
            self.fields |= _fields_of(row)
        self.fields["missed_percent"] = forms.IntegerField(
            label=_("没有来，退回（%）"), min_value=0, max_value=100, required=False
        )

    @property
    def policy_rows(self) -> list[list[forms.BoundField]]:
        """The fields, row by row."""
        return [[self[name] for name in _names(row)] for row in range(1, MAX_WINDOWS + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        windows = sorted(_windows_in(cleaned), key=lambda window: -window.hours)
        policy = CancellationPolicy(tuple(windows), cleaned.get("missed_percent") or 0)
        cleaned["cancellation_windows"] = policy.as_json()
        if not any(name in self.errors for row in range(1, MAX_WINDOWS + 1) for name in _names(row)):
            try:
                validate_windows(cleaned["cancellation_windows"])
            except ValidationError as error:
                self.add_error("window_1_hours", error)
        return cleaned


def policy_initial(windows: Sequence[dict[str, int]]) -> dict[str, Any]:
    """Return what the rows show of a product's windows."""
    policy = CancellationPolicy.from_json(windows)
    values: dict[str, Any] = {"missed_percent": policy.missed_percent}
    for row, window in enumerate(policy.windows, start=1):
        hours, percent, fee = _names(row)
        values |= {hours: window.hours, percent: window.percent, fee: yuan_from_fen(window.fee_fen)}
    return values


def _names(row: int) -> tuple[str, str, str]:
    return f"window_{row}_hours", f"window_{row}_percent", f"window_{row}_fee"


def _fields_of(row: int) -> dict[str, forms.Field]:
    hours, percent, fee = _names(row)
    return {
        hours: forms.IntegerField(label=_("提前（小时）"), min_value=0, max_value=MAX_HOURS, required=False),
        percent: forms.IntegerField(label=_("退回（%）"), min_value=0, max_value=100, required=False),
        fee: forms.DecimalField(
            label=_("另扣（元）"), min_value=0, max_value=10_000, max_digits=7, decimal_places=2, required=False
        ),
    }


def _windows_in(cleaned: dict[str, Any]) -> list[Window]:
    windows = []
    for row in range(1, MAX_WINDOWS + 1):
        hours, percent, fee = (cleaned.get(name) for name in _names(row))
        if hours is not None:
            windows.append(Window(hours, percent or 0, fen_from_yuan(fee or Decimal(0))))
    return windows
