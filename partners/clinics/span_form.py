"""A stretch of one day, in local time."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: In steps of five minutes.
CLOCK = {"type": "time", "step": 300}


class SpanForm(forms.Form):
    """A day and two clock times; what is clean carries them as moments, `starts_at` and `ends_at`."""

    on = forms.DateField(label=_("日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    from_time = forms.TimeField(label=_("从"), widget=forms.TimeInput(attrs=CLOCK))
    to_time = forms.TimeField(label=_("到"), widget=forms.TimeInput(attrs=CLOCK))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"on", "from_time", "to_time"} <= cleaned.keys():
            cleaned["starts_at"] = timezone.make_aware(datetime.combine(cleaned["on"], cleaned["from_time"]))
            cleaned["ends_at"] = timezone.make_aware(datetime.combine(cleaned["on"], cleaned["to_time"]))
            if cleaned["ends_at"] <= cleaned["starts_at"]:
                self.add_error("to_time", _("结束要晚于开始。"))
        return cleaned
