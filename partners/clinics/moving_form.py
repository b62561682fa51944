"""Where a session is moved to."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .span_form import CLOCK


class MoveForm(forms.Form):
    """A day and a time of Shanghai."""

    on = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.TimeField(label=_("开始时间"), widget=forms.TimeInput(attrs=CLOCK, format="%H:%M"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"on", "at"} <= cleaned.keys():
            cleaned["starts_at"] = timezone.make_aware(datetime.combine(cleaned["on"], cleaned["at"]))
        return cleaned


def move_initial(text: str | None, starts_at: datetime) -> dict[str, Any]:
    """Return what the form begins with: the moment in ?to= (local, as 2026-11-25T14:30), or where the session is now."""
    try:
        moment = datetime.fromisoformat(text or "").replace(tzinfo=None)
    except ValueError:
        moment = timezone.localtime(starts_at).replace(tzinfo=None)
    return {"on": moment.date(), "at": moment.time()}
